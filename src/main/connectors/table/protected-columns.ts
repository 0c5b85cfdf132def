import { headerWords } from './normalise-name.ts'

// GDPR article 9 and anti-discrimination law (in the USA Title VII, ADA, ADEA and GINA; in Germany § 1 AGG) name these attributes. None may
// weigh in a decision on access, so none is stored. Identity numbers, pay and passwords are no part of a review either.
const WORDS = new Set([
  'race', 'races', 'racial', 'ethnicity', 'ethnic', 'ethnicities', 'rasse', 'ethnie', 'hautfarbe', 'gender', 'genders', 'pronoun',
  'pronouns', 'sex', 'geschlecht', 'pronomen', 'anrede', 'salutation', 'honorific', 'age', 'alter', 'dob', 'birthday', 'birthdate',
  'birthplace', 'birth', 'born', 'nationality', 'citizenship', 'citizen', 'nationalitaet', 'religion', 'religious', 'religions', 'faith',
  'konfession', 'konf', 'kirchensteuer', 'disability', 'disabilities', 'disabled', 'handicap', 'handicapped', 'behinderung', 'behindert',
  'marital', 'spouse', 'maiden', 'familienstand', 'veteran', 'veterans', 'health', 'medical', 'gesundheit', 'krankheit', 'krankenkasse',
  'pregnant', 'pregnancy', 'schwanger', 'schwangerschaft', 'lgbt', 'lgbtq', 'transgender', 'biometric', 'genetic', 'dna', 'hispanic',
  'latino', 'gdb', 'ssn', 'salary', 'gehalt', 'iban', 'passport', 'reisepass', 'password', 'passwort', 'sozialversicherungsnummer',
  'steuernummer',
])

const FRAGMENTS = [
  'ethnic', 'ethnisch', 'geburt', 'geschlecht', 'staatsangehoerig', 'staatsbuerger', 'nationalitaet', 'schwerbehind', 'behinderung',
  'religionszugeh', 'konfession', 'kirchensteuer', 'familienstand', 'gesundheit', 'sexualorientation', 'sexuelleorientierung',
  'sexuelleausrichtung', 'dateofbirth', 'birthdate', 'placeofbirth', 'birthplace', 'socialsecurity', 'nationalid', 'maritalstatus',
  'veteranstatus', 'veteran', 'herkunftsland', 'countryoforigin', 'nationalorigin', 'unionmember', 'gewerkschaft', 'politicalparty',
  'disabilit', 'genderpronoun', 'genderidentity', 'gradderbehinderung', 'taxid', 'bankaccount', 'citizenship', 'civilstatus', 'pronoun',
]

/** Whether a header names an attribute that is dropped at the door, in English or German spelling. */
export function isProtectedHeader(name: string): boolean {
  const words = headerWords(name)
  if (words.some((word) => WORDS.has(word))) return true
  const joined = words.join('')
  return WORDS.has(joined) || FRAGMENTS.some((fragment) => joined.includes(fragment))
}

/** The protected ones among a file's header names, in file order. */
export const protectedHeaders = (header: readonly string[]): readonly string[] => header.filter(isProtectedHeader)
