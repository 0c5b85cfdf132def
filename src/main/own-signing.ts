import { adoptRequestedKey, closeRequest, installIssued, openRequestOf, opensRequestedKey, readIssued, requestFromAuthority } from './reports/signing/certificate-request.ts'
import { certificatesToPem, intermediatesPem } from './reports/signing/chain.ts'
import { changePassphrase, replaceKey, revokeKey, takeKeyAway } from './reports/signing/change-keys.ts'
import { acceptRequest, describeCertificate, installCertificate, isSameKey, lockSecret, openSecret, pinRoot, requestCertificate } from './reports/signing/enrolment.ts'
import { describeAuthority, importRoot, makeRoot, recertify } from './reports/signing/replace-root.ts'
import { isHandedOver, keepAuthorities, keepHandover, pinNextRoot, readHandovers } from './reports/signing/root-handover.ts'
import { trustedRoots } from './reports/signing/retired.ts'
import { formerRevocationLists, importRevocationList, revocationListPem, revocationListState, revokedCertificates } from './reports/signing/revocation.ts'
import { signContent } from './reports/signing/sign-cms.ts'
import { createOrganisationRoot, enrolPerson, standingOf, unlockSigner } from './reports/signing/signer.ts'
import { readPersonCertificate, readRoot, unlockOwnKey } from './reports/signing/unlock-key.ts'
import { verifyContent } from './reports/signing/verify-cms.ts'
import type { Authority, Enrolment, Signing } from './use-cases/context.ts'

/** Keys and signatures. */
export const signing: Signing = {
  createOrganisationRoot, enrolPerson, readRoot, readPersonCertificate, unlockSigner, unlockOwnKey, standingOf, signContent, verifyContent, trustedRoots,
  replaceKey, revokeKey, takeKeyAway, changePassphrase, revocationListPem, revocationListState, formerRevocationLists, revokedCertificates, certificatesToPem, intermediatesPem,
}

/** Where certificates come from. */
export const authority: Authority = {
  describeAuthority, makeRoot, importRoot, recertify, requestFromAuthority, openRequestOf, readIssued, opensRequestedKey, installIssued, closeRequest, adoptRequestedKey, keepHandover, readHandovers, importRevocationList,
}

/** Keys made on one machine and certified on another. */
export const enrolment: Enrolment = { acceptRequest, describeCertificate, installCertificate, isSameKey, lockSecret, openSecret, pinRoot, isHandedOver, pinNextRoot, keepAuthorities, requestCertificate }
