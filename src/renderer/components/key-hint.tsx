/** A key as printed on a keyboard. Hidden from screen readers, which get `aria-keyshortcuts` on the control itself. */
export const KeyHint = ({ children }: { readonly children: string }) => (
  <kbd className="key" aria-hidden="true">
    {children}
  </kbd>
)
