/**
 * Why a backup of an instance has no volume shadow copy: numbers and sentences, beside those of reasons.ts.
 *
 * Pure: constants and texts.
 * Source   B4.6/1. Assumed: how those that came down in part begin.
 * Spec     reasons.md
 */
import { Reason, theirs } from './reason';

export const VSS_INSTANCE_STATE = 240;
export const VSS_PRIVILEGES = 241;
export const VSS_AGENT_MISSING = 242;
export const VSS_NOT_WINDOWS = 243;
export const VSS_TIMEOUT = 244;
export const VSS_UNSUPPORTED = 245;
/** Assumed: what AWS says where nothing more is known. */
export const VSS_FAILED = 246;

const FAILED = 'Windows VSS Backup attempt failed because';
const ERROR = 'Windows VSS Backup Job Error encountered, trying for regular backup';
const REGULAR = 'the volume shadow copy failed, and the backup is a regular one';

/** Whether a job completed with a regular backup where a shadow copy was asked for. */
export function isVssIssue(reason: number): boolean {
  return reason >= VSS_INSTANCE_STATE && reason <= VSS_FAILED;
}

export const VSS_REASONS: Readonly<Record<number, Reason>> = {
  [VSS_INSTANCE_STATE]: theirs(
    `${FAILED} either Instance or SSM Agent has invalid state or insufficient privileges.`,
    () => `${REGULAR}: the instance or its SSM agent is in no state for it`,
  ),
  [VSS_PRIVILEGES]: theirs(
    `${FAILED} of insufficient privileges to perform this operation`,
    () => `${REGULAR}: the instance has no leave for it`,
  ),
  [VSS_AGENT_MISSING]: theirs(
    `${FAILED} ec2-vss-agent.exe is not installed in the Instance`,
    () => `${REGULAR}: the instance has no VSS agent`,
  ),
  [VSS_NOT_WINDOWS]: theirs(ERROR, () => `${REGULAR}: the instance is no Windows`),
  [VSS_TIMEOUT]: theirs(`${FAILED} of timeout on VSS enabled snapshot creation`, () => `${REGULAR}: it took too long`),
  [VSS_UNSUPPORTED]: theirs(
    `${FAILED} of unsupported Windows Server version.`,
    () => `${REGULAR}: the version of Windows has none`,
  ),
  [VSS_FAILED]: theirs(ERROR, () => `${REGULAR}: its content could not be frozen`),
};
