import type { FileSourceKind, mappableFields } from '../../../shared/model/source.ts'

export type Field<K extends FileSourceKind> = (typeof mappableFields)[K][number]
type Synonyms<K extends FileSourceKind> = Readonly<Record<Field<K>, readonly string[]>>

/**
 * Header names by field, words run together (`worker_id` = `workerid`), best first: Workday, SAP SuccessFactors, Microsoft's provisioning
 * samples, the CERT staff lists, Active Directory, SailPoint, Okta and Entra exports, and plain German.
 */
export const synonyms: { readonly [K in FileSourceKind]: Synonyms<K> } = {
  hr: {
    employeeId: [
      'workerid', 'employeeid', 'employeenumber', 'employeeno', 'empid', 'empno', 'personnelnumber', 'personalnummer', 'personnelid',
      'personnumber', 'personid', 'staffid', 'staffnumber', 'associateid', 'mitarbeiternummer', 'mitarbeiterid', 'pernr', 'userid',
      'id',
    ],
    status: [
      'workerstatus', 'employeestatus', 'employmentstatus', 'emplstatus', 'status', 'activestatus', 'isactive', 'active',
      'beschaeftigungsstatus', 'mitarbeiterstatus', 'aktiv',
    ],
    workerKind: [
      'workertype', 'employeetype', 'employmenttype', 'workerkind', 'workersubtype', 'contracttype', 'persontype', 'employeeclass',
      'mitarbeitertyp', 'mitarbeiterart', 'beschaeftigungsart', 'vertragsart', 'mitarbeitergruppe',
    ],
    firstName: ['firstname', 'givenname', 'legalfirstname', 'preferredfirstname', 'forename', 'vorname'],
    lastName: ['lastname', 'surname', 'familyname', 'legallastname', 'preferredlastname', 'sn', 'nachname'],
    fullName: [
      'fullname', 'displayname', 'employeename', 'workername', 'worker', 'legalname', 'preferredname', 'personname', 'employee', 'name',
      'cn', 'vollername', 'mitarbeitername', 'mitarbeiter',
    ],
    email: [
      'email', 'emailaddress', 'workemail', 'emailwork', 'primaryworkemail', 'businessemail', 'companyemail', 'mail',
      'userprincipalname', 'upn', 'emailadresse', 'dienstlicheemail',
    ],
    title: [
      'jobtitle', 'businesstitle', 'positiontitle', 'title', 'position', 'role', 'jobprofile', 'stelle', 'stellenbezeichnung',
      'funktion', 'taetigkeit',
    ],
    department: [
      'department', 'departmentname', 'dept', 'deptname', 'supervisoryorganization', 'supervisoryorg', 'orgunit', 'abteilung',
      'organisationseinheit',
    ],
    division: ['division', 'businessunit', 'businessunitname', 'bu', 'bereich', 'geschaeftsbereich', 'sparte'],
    costCenter: ['costcenter', 'costcentre', 'costcentercode', 'costcenterid', 'kostenstelle'],
    location: [
      'location', 'worklocation', 'locationname', 'office', 'site', 'physicaldeliveryofficename', 'standort', 'arbeitsort', 'city',
    ],
    managerId: [
      'managerid', 'manageremployeeid', 'managerworkerid', 'managernumber', 'supervisorid', 'reportstoid', 'manageremail',
      'vorgesetzterid', 'vorgesetztennummer', 'personalnummervorgesetzter',
    ],
    managerName: [
      'managername', 'supervisorname', 'manager', 'supervisor', 'reportsto', 'linemanager', 'vorgesetzter', 'vorgesetzte',
      'fuehrungskraft',
    ],
    hireDate: [
      'hiredate', 'originalhiredate', 'employeehiredate', 'startdate', 'dateofhire', 'joindate', 'joiningdate', 'datehired',
      'eintrittsdatum', 'eintritt', 'einstellungsdatum',
    ],
    terminationDate: [
      'terminationdate', 'lastdayofwork', 'employeeleavedatetime', 'enddate', 'leavedate', 'leavingdate', 'exitdate', 'separationdate',
      'datetermination', 'contractenddate', 'austrittsdatum', 'austritt',
    ],
    onLeave: ['onleave', 'isonleave', 'leaveofabsence', 'absent', 'abwesend', 'beurlaubt', 'langzeitabwesend'],
  },
  'csv-entitlements': {
    account: [
      'account', 'accountid', 'accountname', 'username', 'userid', 'login', 'loginname', 'loginid', 'samaccountname', 'nativeidentity',
      'useraccount', 'userprincipalname', 'upn', 'user', 'principal', 'memberid', 'member', 'grantee', 'benutzer', 'benutzername',
      'benutzerkennung', 'kennung', 'konto', 'email', 'mail',
    ],
    accountName: [
      'accountdisplayname', 'userdisplayname', 'displayname', 'fullname', 'employeename', 'membername', 'name', 'anzeigename',
    ],
    email: ['email', 'emailaddress', 'mail', 'useremail', 'accountemail', 'emailadresse'],
    employeeId: ['employeeid', 'workerid', 'employeenumber', 'empid', 'personnelnumber', 'personalnummer', 'hrid'],
    accountKind: ['accountkind', 'accounttype', 'usertype', 'kontotyp', 'kontoart'],
    accountEnabled: [
      'accountenabled', 'enabled', 'isenabled', 'accountstatus', 'userstatus', 'isactive', 'active', 'kontostatus', 'aktiv',
    ],
    entitlement: [
      'entitlement', 'entitlementid', 'entitlementvalue', 'permission', 'permissionid', 'role', 'roleid', 'rolename', 'group',
      'groupid', 'groupname', 'accessright', 'right', 'privilegename', 'accessprofile', 'memberof', 'groups', 'roles', 'entitlements',
      'permissions', 'projects', 'responsibility', 'grantedrole', 'resource', 'berechtigung', 'rolle', 'gruppe', 'recht', 'rollen',
      'gruppen', 'berechtigungen',
    ],
    entitlementName: [
      'entitlementname', 'entitlementdisplayname', 'permissionname', 'roledisplayname', 'groupdisplayname', 'rolename', 'groupname',
      'berechtigungsname',
    ],
    entitlementDescription: [
      'entitlementdescription', 'description', 'roledescription', 'groupdescription', 'permissiondescription', 'desc', 'beschreibung',
    ],
    application: [
      'application', 'applicationname', 'app', 'appname', 'system', 'systemname', 'targetsystem', 'source', 'database', 'anwendung',
    ],
    privilege: ['privilege', 'privileged', 'isprivileged', 'privilegelevel', 'accesslevel', 'admin', 'isadmin', 'privilegiert'],
    risk: ['risk', 'risklevel', 'riskrating', 'criticality', 'sensitivity', 'risiko', 'kritikalitaet'],
    owner: [
      'owner', 'entitlementowner', 'owneremail', 'roleowner', 'groupowner', 'resourceowner', 'eigentuemer', 'verantwortlicher',
    ],
    path: ['path', 'via', 'grantpath', 'accesspath', 'inheritedfrom', 'assignedvia', 'pfad'],
    grantedAt: [
      'grantedat', 'granted', 'granteddate', 'grantdate', 'assignedat', 'assigned', 'assigneddate', 'assignmentdate', 'addedon',
      'grantedon', 'assignedon', 'createdon', 'since', 'validfrom', 'createdat', 'vergebenam', 'gueltigab',
    ],
    expiresAt: [
      'expiresat', 'expires', 'expirydate', 'expirationdate', 'expiry', 'validto', 'validuntil', 'enddate', 'gueltigbis', 'ablaufdatum',
    ],
    lastUsed: [
      'lastused', 'lastuseddate', 'lastusedat', 'lastlogin', 'lastlogon', 'lastlogontimestamp', 'lastlogondate', 'lastaccess',
      'lastaccessed', 'lastactivity', 'lastsignin', 'letztenutzung', 'letzteanmeldung', 'zuletztgenutzt',
    ],
  },
  'csv-sign-ins': {
    account: [
      'account', 'accountid', 'accountname', 'username', 'userprincipalname', 'upn', 'userid', 'login', 'loginname', 'actoralternateid',
      'propertiesuserprincipalname', 'actorsusername', 'actor', 'user', 'samaccountname', 'email', 'benutzer', 'benutzername', 'kennung',
    ],
    application: [
      'application', 'applicationname', 'app', 'appname', 'appdisplayname', 'targetappinstancealternateid',
      'propertiesappdisplayname', 'actorsclientname', 'targetapp', 'resource', 'resourcename', 'system', 'targetdisplayname', 'anwendung',
    ],
    at: [
      'at', 'timestamp', 'time', 'dateutc', 'datetime', 'date', 'createddatetime', 'eventtime', 'signintime', 'logintime', 'published',
      'recordedat', 'logdate', 'zeitpunkt', 'zeitstempel', 'datum',
    ],
    result: [
      'result', 'outcome', 'outcomeresult', 'statuserrorcode', 'resultstatus', 'resulttype', 'propertiesstatuserrorcode', 'status', 'success', 'succeeded', 'issuccess', 'signinstatus', 'eventresult', 'ergebnis',
      'erfolg',
    ],
  },
}

/** A cell with several entitlements is expected under a name in the plural. */
export const membershipNames = new Set([
  'memberof', 'groups', 'roles', 'entitlements', 'permissions', 'projects', 'memberships', 'rollen', 'gruppen', 'berechtigungen',
])
