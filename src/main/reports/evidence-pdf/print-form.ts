/** The form of print a verifier of this release knows: what `expected-print` looks for. */
export const PRINT_FORM = 1

/** The section's number stands apart from its words. */
export const CONTROL_TOTALS_HEADING = ['4', 'Control totals'] as const
