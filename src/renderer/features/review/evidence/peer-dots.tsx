const perRow = 20

/** One dot a person, those who hold the right first and filled. The figures stand beside it in words. */
export const PeerDots = ({ peers, holders }: { readonly peers: number; readonly holders: number }) => {
  const rows = Math.ceil(peers / perRow)
  const columns = Math.min(perRow, peers)
  return (
    <svg className="peer-dots" viewBox={`0 0 ${columns * 15} ${rows * 15}`} width={columns * 15} height={rows * 15} aria-hidden="true">
      {Array.from({ length: peers }, (_, at) => (
        <circle key={at} className={at < holders ? 'holder' : 'other'} cx={(at % perRow) * 15 + 7} cy={Math.floor(at / perRow) * 15 + 7}
          r={at < holders ? 5.5 : 5} />
      ))}
    </svg>
  )
}
