/**
 * Numbers of the events in the log. They enter the digest: never renumbered, never reused.
 *
 * Pure: constants.
 * Units    a code is kind * 256 + what.
 */

export const VAULT_CREATED = 0x0101;
export const VAULT_DELETED = 0x0102;
export const LOCK_PUT = 0x0201;
export const LOCK_DELETED = 0x0202;
export const PLAN_CREATED = 0x0301;
export const PLAN_UPDATED = 0x0302;
export const PLAN_DELETED = 0x0303;
export const SELECTION_CREATED = 0x0401;
export const SELECTION_DELETED = 0x0402;
export const SETTING_CHANGED = 0x0501;
export const RESOURCE_ADDED = 0x0601;
export const RESOURCE_REMOVED = 0x0602;
export const RUN_DUE = 0x0701;
export const RUN_SUPPRESSED = 0x0702;
/** Plus the job's state. A job that starts at once is logged as RUNNING; COMPLETED stands for its point too. */
export const BACKUP_JOB = 0x0800;
/** Plus the job's state. */
export const COPY_JOB = 0x0900;
/** Plus the job's state. */
export const RESTORE_JOB = 0x0c00;
export const POINT_COLD = 0x0a03;
export const POINT_DELETED = 0x0a04;
export const POINT_UPDATED = 0x0a05;
export const POINT_EXPIRED = 0x0a06;
export const POINT_STOPPED = 0x0a07;
export const TESTING_PLAN_CREATED = 0x0b01;
export const TESTING_PLAN_UPDATED = 0x0b02;
export const TESTING_PLAN_DELETED = 0x0b03;
export const TESTING_PLAN_RAN = 0x0b04;
export const TESTING_SELECTION_PUT = 0x0b05;
export const TESTING_SELECTION_DELETED = 0x0b06;
export const TEST_CLEANED = 0x0b07;
export const TEST_CLEANING_FAILED = 0x0b08;
/** Plus 0 for SUCCESSFUL, 1 for FAILED, 2 for TIMED_OUT. */
export const TEST_VALIDATED = 0x0b10;
export const POINT_PARTIAL = 0x0a08;
export const HOLD_CREATED = 0x1501;
export const HOLD_ACTIVE = 0x1502;
export const HOLD_CANCELED = 0x1503;

export const INDEX_PENDING = 0x0e00;
export const INDEX_ACTIVE = 0x0e01;
export const INDEX_FAILED = 0x0e02;
export const INDEX_DELETING = 0x0e03;
export const INDEX_DELETED = 0x0e04;
/** Plus the number of the state. */
export const SCAN_JOB = 0x0f00;
export const RESOURCE_INFECTED = 0x0f10;
export const TIERING_CREATED = 0x1001;
export const TIERING_UPDATED = 0x1002;
export const TIERING_DELETED = 0x1003;
export const POINT_TIERED = 0x1004;

export const FRAMEWORK_CREATED = 0x0d01;
export const FRAMEWORK_UPDATED = 0x0d02;
export const FRAMEWORK_DELETED = 0x0d03;
/** Plus the number of the status: what a control that is evaluated daily says has changed. */
export const CONTROL_STATUS = 0x0d04;
export const REPORT_PLAN_CREATED = 0x0d11;
export const REPORT_PLAN_UPDATED = 0x0d12;
export const REPORT_PLAN_DELETED = 0x0d13;
/** Plus the number of its state. */
export const REPORT_JOB = 0x0d20;
export const REPORT_JOB_STATES = ['RUNNING', 'COMPLETED', 'FAILED'] as const;
export const CONTROL_STATUSES = ['COMPLIANT', 'NON_COMPLIANT', 'INSUFFICIENT_DATA'] as const;

export const KEY_CREATED = 0x1201;
export const KEY_STATE_CHANGED = 0x1202;
export const KEY_DELETED = 0x1203;
export const KEY_POLICY_PUT = 0x1204;
export const KEY_GRANT_CREATED = 0x1205;
export const KEY_GRANT_REVOKED = 0x1206;
export const KEY_ALIAS_PUT = 0x1207;
export const KEY_ALIAS_DELETED = 0x1208;

export const ROLE_CREATED = 0x1301;
/** Roles, users and groups: trust, permissions, boundary. */
export const ROLE_CHANGED = 0x1302;
export const ROLE_DELETED = 0x1303;
export const USER_CREATED = 0x1304;
export const USER_DELETED = 0x1305;
export const POLICY_CREATED = 0x1306;
export const POLICY_CHANGED = 0x1307;
export const POLICY_DELETED = 0x1308;
export const GROUP_CREATED = 0x1309;
export const GROUP_DELETED = 0x130a;
export const FAULT_BEGAN = 0x1701;
export const FAULT_ENDED = 0x1702;
/** Plus 1 when it arrived, 2 when it did not. */
export const DELIVERY = 0x1800;
/** Plus 0 for OK, 1 for ALARM, 2 for INSUFFICIENT_DATA. */
export const ALARM = 0x1900;
export const FUNCTION_RAN = 0x1b01;
export const FUNCTION_FAILED = 0x1b02;

export const TAGS_CHANGED = 0x1c01;
/** Plus the place of the state in SEARCH_STATES. */
export const SEARCH_JOB = 0x1f00;
/** Plus the place of the state in EXPORT_STATES. */
export const SEARCH_EXPORT_JOB = 0x1f20;
export const APPROVAL_TEAM_CHANGED = 0x1401;
export const APPROVAL_REQUESTED = 0x1402;
export const APPROVAL_APPROVED = 0x1403;
export const APPROVAL_DENIED = 0x1404;
export const APPROVAL_EXPIRED = 0x1405;
/** A session that neither its team nor its day ended. */
export const APPROVAL_CANCELLED = 0x1409;
/** A team of multi-party approval came to another state, or is gone. */
export const TEAM_MOVED = 0x2001;
export const IDENTITY_SOURCE_CREATED = 0x2101;
export const IDENTITY_SOURCE_DELETED = 0x2102;
export const SHARE_CREATED = 0x1406;
export const SHARE_ACCEPTED = 0x1407;
export const SHARE_DELETED = 0x1408;
export const ACCESS_CREATED = 0x1601;
export const ACCESS_AVAILABLE = 0x1602;
export const ACCESS_FAILED = 0x1603;
export const ACCESS_DELETED = 0x1604;
export const ACCESS_DENIED = 0x1a01;

/** Tree, policies, attachments, access and administrators of an organization. */
export const ORGANIZATION_CHANGED = 0x1101;
export const ORGANIZATION_PLAN_REMOVED = 0x1102;
export const ORGANIZATION_POLICY_NOT_ENFORCED = 0x1103;
export const GLOBAL_SETTING_CHANGED = 0x1104;

/** States of backup and copy jobs, in the order of the API's enumeration (Source B1.4). */
export const JOB_STATES = [
  'CREATED',
  'PENDING',
  'RUNNING',
  'ABORTING',
  'ABORTED',
  'COMPLETED',
  'FAILED',
  'EXPIRED',
  'PARTIAL',
] as const;

export type JobState = (typeof JOB_STATES)[number];

export const CREATED = 0;
export const PENDING = 1;
export const RUNNING = 2;
export const ABORTING = 3;
export const ABORTED = 4;
export const COMPLETED = 5;
export const FAILED = 6;
export const EXPIRED = 7;
export const PARTIAL = 8;

const KINDS: Readonly<Record<number, string>> = {
  0x01: 'vault',
  0x1f: 'search',
  0x20: 'approval-team',
  0x21: 'identity-source',
  0x02: 'vault-lock',
  0x03: 'plan',
  0x04: 'selection',
  0x05: 'region-setting',
  0x06: 'resource',
  0x07: 'run',
  0x08: 'backup-job',
  0x09: 'copy-job',
  0x0a: 'recovery-point',
  0x0b: 'restore-test',
  0x0c: 'restore-job',
  0x0d: 'audit',
  0x14: 'approval',
  0x0e: 'index',
  0x0f: 'scan-job',
  0x10: 'tiering',
  0x15: 'legal-hold',
  0x16: 'restore-access-vault',
  0x11: 'organization',
  0x12: 'key',
  0x13: 'role',
  0x17: 'fault',
  0x18: 'delivery',
  0x19: 'alarm',
  0x1c: 'tags',
  0x1b: 'function',
  0x1a: 'access',
};

const WHATS: Readonly<Record<number, string>> = {
  [VAULT_CREATED]: 'created',
  [VAULT_DELETED]: 'deleted',
  [LOCK_PUT]: 'put',
  [LOCK_DELETED]: 'deleted',
  [PLAN_CREATED]: 'created',
  [PLAN_UPDATED]: 'updated',
  [PLAN_DELETED]: 'deleted',
  [SELECTION_CREATED]: 'created',
  [SELECTION_DELETED]: 'deleted',
  [SETTING_CHANGED]: 'changed',
  [RESOURCE_ADDED]: 'added',
  [RESOURCE_REMOVED]: 'removed',
  [RUN_DUE]: 'due',
  [RUN_SUPPRESSED]: 'suppressed',
  [POINT_COLD]: 'moved to cold storage',
  [POINT_DELETED]: 'deleted',
  [POINT_UPDATED]: 'lifecycle updated',
  [POINT_EXPIRED]: 'EXPIRED',
  [POINT_STOPPED]: 'STOPPED',
  [TESTING_PLAN_CREATED]: 'plan created',
  [TESTING_PLAN_UPDATED]: 'plan updated',
  [TESTING_PLAN_DELETED]: 'plan deleted',
  [TESTING_PLAN_RAN]: 'plan ran',
  [TESTING_SELECTION_PUT]: 'selection put',
  [TESTING_SELECTION_DELETED]: 'selection deleted',
  [TEST_CLEANED]: 'cleaned up',
  [TEST_CLEANING_FAILED]: 'not cleaned up',
  [TEST_VALIDATED]: 'SUCCESSFUL',
  [TEST_VALIDATED + 1]: 'FAILED',
  [TEST_VALIDATED + 2]: 'TIMED_OUT',
  [POINT_PARTIAL]: 'PARTIAL',
  [INDEX_PENDING]: 'PENDING',
  [INDEX_ACTIVE]: 'ACTIVE',
  [INDEX_FAILED]: 'FAILED',
  [INDEX_DELETING]: 'DELETING',
  [INDEX_DELETED]: 'DELETED',
  [SCAN_JOB]: 'CREATED',
  [SCAN_JOB + 1]: 'RUNNING',
  [SCAN_JOB + 2]: 'COMPLETED',
  [SCAN_JOB + 4]: 'FAILED',
  [RESOURCE_INFECTED]: 'resource infected',
  [TIERING_CREATED]: 'created',
  [TIERING_UPDATED]: 'updated',
  [TIERING_DELETED]: 'deleted',
  [POINT_TIERED]: 'moved to the low-cost warm tier',
  [HOLD_CREATED]: 'created',
  [HOLD_ACTIVE]: 'active',
  [HOLD_CANCELED]: 'canceled',
  [FRAMEWORK_CREATED]: 'framework created',
  [FRAMEWORK_UPDATED]: 'framework updated',
  [FRAMEWORK_DELETED]: 'framework deleted',
  [REPORT_PLAN_CREATED]: 'report plan created',
  [REPORT_PLAN_UPDATED]: 'report plan updated',
  [REPORT_PLAN_DELETED]: 'report plan deleted',
  [REPORT_JOB]: 'report RUNNING',
  [REPORT_JOB + 1]: 'report COMPLETED',
  [CONTROL_STATUS]: 'COMPLIANT',
  [CONTROL_STATUS + 1]: 'NON_COMPLIANT',
  [CONTROL_STATUS + 2]: 'INSUFFICIENT_DATA',
  [TAGS_CHANGED]: 'changed',
  [SEARCH_JOB]: 'search RUNNING',
  [SEARCH_JOB + 1]: 'search COMPLETED',
  [SEARCH_JOB + 2]: 'search STOPPING',
  [SEARCH_JOB + 3]: 'search STOPPED',
  [SEARCH_JOB + 4]: 'search FAILED',
  [SEARCH_EXPORT_JOB]: 'export RUNNING',
  [SEARCH_EXPORT_JOB + 1]: 'export FAILED',
  [SEARCH_EXPORT_JOB + 2]: 'export COMPLETED',
  [APPROVAL_TEAM_CHANGED]: 'team changed',
  [APPROVAL_REQUESTED]: 'requested',
  [APPROVAL_APPROVED]: 'approved',
  [APPROVAL_DENIED]: 'denied',
  [APPROVAL_EXPIRED]: 'expired',
  [APPROVAL_CANCELLED]: 'cancelled',
  [TEAM_MOVED]: 'moved',
  [IDENTITY_SOURCE_CREATED]: 'created',
  [IDENTITY_SOURCE_DELETED]: 'deleted',
  [SHARE_CREATED]: 'share created',
  [SHARE_ACCEPTED]: 'share accepted',
  [SHARE_DELETED]: 'share deleted',
  [ACCESS_CREATED]: 'CREATING',
  [ACCESS_AVAILABLE]: 'AVAILABLE',
  [ACCESS_FAILED]: 'FAILED',
  [ACCESS_DELETED]: 'deleted',
  [ORGANIZATION_CHANGED]: 'changed',
  [ORGANIZATION_PLAN_REMOVED]: 'plan removed',
  [ORGANIZATION_POLICY_NOT_ENFORCED]: 'policy not enforced',
  [GLOBAL_SETTING_CHANGED]: 'global setting changed',
  [KEY_CREATED]: 'created',
  [KEY_STATE_CHANGED]: 'state changed',
  [KEY_DELETED]: 'deleted',
  [KEY_POLICY_PUT]: 'policy put',
  [KEY_GRANT_CREATED]: 'grant created',
  [KEY_GRANT_REVOKED]: 'grant revoked',
  [KEY_ALIAS_PUT]: 'alias put',
  [KEY_ALIAS_DELETED]: 'alias deleted',
  [ROLE_CREATED]: 'created',
  [ROLE_CHANGED]: 'changed',
  [ROLE_DELETED]: 'deleted',
  [USER_CREATED]: 'user created',
  [USER_DELETED]: 'user deleted',
  [GROUP_CREATED]: 'group created',
  [GROUP_DELETED]: 'group deleted',
  [POLICY_CREATED]: 'policy created',
  [POLICY_CHANGED]: 'policy changed',
  [POLICY_DELETED]: 'policy deleted',
  [FAULT_BEGAN]: 'began',
  [FAULT_ENDED]: 'ended',
  [DELIVERY + 1]: 'delivered',
  [DELIVERY + 2]: 'not delivered',
  [FUNCTION_RAN]: 'ran',
  [FUNCTION_FAILED]: 'failed',
  [ACCESS_DENIED]: 'denied',
  [ALARM]: 'OK',
  [ALARM + 1]: 'ALARM',
  [ALARM + 2]: 'INSUFFICIENT_DATA',
};

export function kindOfEvent(code: number): string {
  return KINDS[code >>> 8] ?? `kind ${code >>> 8}`;
}

export function whatOfEvent(code: number): string {
  const kind = code & 0xff00;
  return kind === BACKUP_JOB || kind === COPY_JOB || kind === RESTORE_JOB
    ? (JOB_STATES[code & 0xff] ?? '')
    : (WHATS[code] ?? '');
}
