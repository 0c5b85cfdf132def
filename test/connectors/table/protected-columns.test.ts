import { describe, expect, it } from 'vitest'
import { isProtectedHeader } from '../../../src/main/connectors/table/protected-columns.ts'

describe('protected attributes are known by their header, in English and German', () => {
  it.each([
    'Race', 'Ethnicity', 'Race/Ethnicity', 'Gender', 'GenderPronoun', 'Preferred Pronouns', 'Sex', 'DOB', 'Date of Birth', 'BirthDate',
    'birth_date', 'Age', 'Nationality', 'Citizenship Status', 'Country of Origin', 'Religion', 'Disability', 'Disabled', 'Marital Status',
    'Veteran Status', 'Protected Veteran', 'Health Insurance', 'Sexual Orientation', 'sexual_orientation', 'Geschlecht', 'Anrede',
    'Geburtsdatum', 'Geburtsort', 'Alter', 'Staatsangehörigkeit', 'Nationalität', 'Konfession', 'Religionszugehörigkeit', 'Behinderung',
    'Schwerbehinderung', 'Grad der Behinderung', 'Familienstand', 'Krankenkasse', 'Sexuelle Orientierung', 'Ethnische Herkunft', 'Rasse',
    'Kirchensteuermerkmal', 'SSN', 'Salary', 'Password', 'Union Membership',
  ])('%s', (name) => expect(isProtectedHeader(name)).toBe(true))

  it.each([
    'Terrace', 'Agency', 'Department', 'Manager ID', 'Location', 'Message', 'Page', 'Trace ID', 'Essex Office', 'Country', 'Language',
    'Title', 'Employee Type', 'Storage', 'Alternate ID', 'Health'.slice(0, 4), 'Embrace', 'Usage', 'Verwalter', 'Bundle',
  ])('but not %s', (name) => expect(isProtectedHeader(name)).toBe(false))
})
