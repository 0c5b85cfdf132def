import type { Weight } from './risky-permissions.ts'

// Microsoft's built-in roles with its "privileged" label, by template id, which is the same in every tenant (Microsoft's page
// "Microsoft Entra built-in roles"; 2026). The label covers reading secrets and settings as well, so it is graded here.

/** Can make itself Global Administrator, or take over the account of one. */
const overTheTenant = new Set([
  '62e90394-69f5-4237-9190-012177145e10', // Global Administrator
  'e8611ab8-c189-46e8-94e1-60213ab1f814', // Privileged Role Administrator
  '7be44c8a-adaf-4e2a-84d6-ab2649e08a13', // Privileged Authentication Administrator
  'e00e864a-17c5-4a4b-9c06-f5b95a8d5bd8', // Partner Tier2 Support
  '8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2', // Hybrid Identity Administrator
  '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3', // Application Administrator
  '158c047a-c907-4556-b7ef-446551a6b5f7', // Cloud Application Administrator
  'd29b2b05-8046-44ba-8758-1e26182fcf32', // Directory Synchronization Accounts
  '8329153b-31d0-4727-b945-745eb3bc5f31', // Domain Name Administrator
  'be2f45a1-457d-42af-a067-6ec1fa63bc45', // External Identity Provider Administrator
])

/** Changes people, their sign-in, devices or policies in one area. */
const overAnArea = new Set([
  'fe930be7-5e62-47db-91af-98c3a49a38b1', // User Administrator
  'c4e39bd9-1100-46d3-8c65-fb160da0071f', // Authentication Administrator
  '729827e3-9c14-49f7-bb1b-9608f156bbb8', // Helpdesk Administrator
  '966707d0-3269-4727-9be2-8c3a10f19b9d', // Password Administrator
  'b1be1c3e-b65d-4f19-8427-f6fa0d97feb9', // Conditional Access Administrator
  '194ae4cb-b126-40b2-bd5b-6091b380977d', // Security Administrator
  '3a2c62db-5318-420d-8d74-23affee5d9d5', // Intune Administrator
  '25a516ed-2fa0-40ea-a2d0-12923a21473a', // Authentication Extensibility Administrator
  '0b00bede-4072-4d22-b441-e7df02a1ef63', // Authentication Extensibility Password Administrator
  '45d8d3c5-c802-45c6-b32a-1d70b5e1e86e', // Identity Governance Administrator
  '59d46f88-662b-457b-bceb-5c3809e5908f', // Lifecycle Workflows Administrator
  '9360feb5-f418-4baa-8175-e2a00bac4301', // Directory Writers
  '7698a772-787b-4ac8-901f-60d6b08affd2', // Cloud Device Administrator
  '4ba39ca4-527c-499a-b93d-d9b492c50246', // Partner Tier1 Support
  'ecb2c6bf-0ab6-418e-bd87-7986f8d63bbe', // Attribute Provisioning Administrator
  'aaf43236-0c0d-4d5f-883a-6955382ac081', // B2C IEF Keyset Administrator
  'db506228-d27e-4b7d-95e5-295956d6615f', // Agent ID Administrator
  'd2562ede-74db-457e-a7b6-544e236ebb61', // AI Administrator
  // Without the label, but over everybody's mail, files and groups:
  '29232cdf-9323-42fd-ade2-1d097af3e4de', // Exchange Administrator
  'f28a1f50-f6e7-4571-818b-6a12f2af6b6c', // SharePoint Administrator
  'fdd7a751-b60b-444a-984c-02652fe8fa1c', // Groups Administrator
  '0526716b-113d-4c15-b2c8-68e3c22b9f80', // Authentication Policy Administrator
])

/** Labelled, but reads rather than changes, or makes things of its own only. */
const toLookAt = new Set([
  'f2ef992c-3afb-46b9-b7cf-a126ee74c451', // Global Reader
  '5d6b6bb7-de71-4623-b4af-96380a352509', // Security Reader
  '5f2222b1-57c3-48ba-8ad5-d4759f1fde6f', // Security Operator
  'cf1c38e5-3621-4004-a7cb-879624dced7c', // Application Developer
  '422218e4-db15-4ef9-bbe0-8afb41546d79', // Attribute Provisioning Reader
  '1fe13547-53f6-408d-ac04-7f8eed167b38', // AI Reader
])

/** How much a directory role can do. A role an organisation made itself (`isBuiltIn` false) is nobody's known quantity: medium, elevated. */
export function roleWeight(templateId: string, isBuiltIn: boolean, name: string): Weight {
  if (overTheTenant.has(templateId)) return { privilege: 'admin', risk: 'critical' }
  if (overAnArea.has(templateId)) return { privilege: 'admin', risk: 'high' }
  if (toLookAt.has(templateId) || !isBuiltIn) return { privilege: 'elevated', risk: 'medium' }
  return /administrator|manager|approver/i.test(name) ? { privilege: 'elevated', risk: 'medium' } : { privilege: 'none', risk: 'low' }
}
