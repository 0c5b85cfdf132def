import type { Mapping } from '../../../../shared/model/source.ts'

/** What somebody changed of a mapping. A column of the empty text is unmapped. */
export interface MappingDraft {
  readonly columns: Readonly<Record<string, string>>
  /** Null: as it was. */
  readonly constants: Readonly<Record<string, string>> | null
  readonly layout: Partial<Pick<Mapping, 'delimiter' | 'hasHeader' | 'dateOrder' | 'splitEntitlementsAt'>>
}

export const noChange: MappingDraft = { columns: {}, constants: null, layout: {} }

/** As the engine takes it: parts that were not touched are left out. */
export const toMappingChange = ({ columns, constants, layout }: MappingDraft): Partial<Mapping> => ({
  columns: { ...columns }, ...(constants === null ? {} : { constants: { ...constants } }), ...layout,
})

/** A field gets a column of the file, nothing, or one value for every row. */
export const withColumn = (draft: MappingDraft, current: Mapping, field: string, column: string): MappingDraft => {
  const { [field]: _gone, ...constants } = draft.constants ?? current.constants
  return { ...draft, columns: { ...draft.columns, [field]: column }, constants }
}

export const withConstant = (draft: MappingDraft, current: Mapping, field: string, value: string): MappingDraft => ({
  ...draft, columns: { ...draft.columns, [field]: '' }, constants: { ...(draft.constants ?? current.constants), [field]: value },
})

/** Another way of splitting lines is another header: what was chosen of the old one means nothing any more. */
export const withLayout = (draft: MappingDraft, layout: MappingDraft['layout']): MappingDraft =>
  'delimiter' in layout || 'hasHeader' in layout
    ? { ...draft, columns: {}, layout: { ...draft.layout, ...layout } }
    : { ...draft, layout: { ...draft.layout, ...layout } }

export const isUntouched = ({ columns, constants, layout }: MappingDraft): boolean =>
  Object.keys(columns).length === 0 && constants === null && Object.keys(layout).length === 0
