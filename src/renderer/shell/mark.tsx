/** Muster’s mark: an M that ends in a tick. The same drawing as resources/icon.svg. */
export const Mark = () => (
  <svg className="mark" viewBox="0 0 32 32" width="22" height="22" aria-hidden="true">
    <rect className="mark-ground" x="1" y="1" width="30" height="30" rx="7" />
    <path className="mark-line" d="M6.5 23V10l4.75 6.5L16 10v13" />
    <path className="mark-tick" d="M19 17.8l2.8 3 4.4-7.3" />
  </svg>
)
