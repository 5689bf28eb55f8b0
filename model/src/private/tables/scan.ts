import { Severity } from '../../finding';
import { advice, api, fact, failsAtRun, refused, Table } from './describe';

const ACTION = api('ScanAction');
const SETTING = api('ScanSetting');

export const SCAN_ACTION = {
  scanner: refused('scan-action-scanner', 'GUARDDUTY', ACTION),
  mode: refused('scan-action-mode', 'FULL_SCAN or INCREMENTAL_SCAN', ACTION),
  incomplete: advice(
    'scan-action-incomplete',
    Severity.NOTE,
    'given scanner and mode: what AWS Backup does without them is documented nowhere',
    ACTION,
  ),
  noSetting: failsAtRun(
    'scan-action-no-setting',
    Severity.ERROR,
    'joined by scanSettings of the plan, without which nothing is scanned',
    `Assumed; ${fact('2.1 ScanActions')}`,
  ),
  continuous: advice(
    'scan-action-continuous',
    Severity.WARNING,
    'used with periodic backups where buckets are to be scanned, as continuous backups of S3 never are',
    fact('B5.6/2, B5.3/7'),
  ),
  airGapped: advice(
    'scan-action-air-gapped',
    Severity.WARNING,
    'used with S3 alone where the rule backs up to a logically air-gapped vault: points of EBS and EC2 are temporary or copies there, and neither is scanned',
    fact('B5.6/3, B7.6/2'),
  ),
} satisfies Table;

export const SCAN_SETTING = {
  scanner: refused('scan-setting-scanner', 'GUARDDUTY', SETTING),
  resourceType: refused('scan-setting-resource-type', 'EBS, EC2, S3 or ALL', fact('B5.6/2')),
  roleArn: refused('scan-setting-role-arn', 'the ARN of an IAM role', SETTING),
  incomplete: advice(
    'scan-setting-incomplete',
    Severity.NOTE,
    'given scanner, resource types and role: what AWS Backup does without them is documented nowhere',
    SETTING,
  ),
  unused: advice(
    'scan-setting-unused',
    Severity.WARNING,
    'used by a scan action of some rule, without which nothing is scanned',
    fact('B5.6/1'),
  ),
} satisfies Table;
