/**
 * What becomes of the volume shadow copy of an instance that a plan or call asks for: when it fails, the backup is a regular one.
 *
 * Pure: facts in, a reason out.
 * Source   B2.4/1 (the option), B4.6/1 (the texts), B4.1/9 (a job that completed with issues has a message).
 * Assumed  An instance whose declaration says nothing is Windows with all that it needs.
 * Spec     backup-job.md
 */
import type { StatefulResource } from '@holdfast/model';
import { own } from '../kernel/own';
import { NO_REASON } from './reasons';
import {
  VSS_AGENT_MISSING,
  VSS_INSTANCE_STATE,
  VSS_NOT_WINDOWS,
  VSS_PRIVILEGES,
  VSS_TIMEOUT,
  VSS_UNSUPPORTED,
} from './vss-reasons';

/** By what the declaration of an instance says of it. */
const ISSUES: Readonly<Record<string, number>> = {
  'agent-offline': VSS_INSTANCE_STATE,
  'insufficient-privileges': VSS_PRIVILEGES,
  'agent-missing': VSS_AGENT_MISSING,
  'not-windows': VSS_NOT_WINDOWS,
  timeout: VSS_TIMEOUT,
  'unsupported-version': VSS_UNSUPPORTED,
};

/** What keeps an instance from a shadow copy, or NO_REASON. */
export function vssIssueOf({ service, windowsVss }: StatefulResource): number {
  return service === 'ec2' && windowsVss !== undefined ? (own(ISSUES, windowsVss) ?? NO_REASON) : NO_REASON;
}

/** Whether the options of a plan or call ask for shadow copies. */
export function asksForVss(options: Readonly<Record<string, string>>): boolean {
  return options['WindowsVSS'] === 'enabled';
}
