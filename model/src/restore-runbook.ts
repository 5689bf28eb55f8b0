import { Environment } from './environment';
import { Finding, IValueProbe } from './finding';
import { VAULT_NAME } from './private/arns';
import { checkDocumentName } from './private/document-name';
import { at, found } from './private/found';
import { absent, readable, shown, whole } from './private/reading';
import { runbookDocument } from './private/restore-runbook-document';
import { RESTORE_RUNBOOK as RULES } from './private/tables/restore-runbook';
import { RestoreMetadata } from './restore-metadata';
import { RestoreMetadataNeed } from './restore-metadata-key';
import { ServiceSupport } from './support/service-support';

/**
 * A runbook that restores recovery points of one resource type.
 */
export interface RestoreRunbookDeclaration {
  /**
   * Resource type, as AWS Backup writes it; one of `RestoreMetadata.resourceTypes()`.
   */
  readonly resourceType: string;

  /**
   * Name of the SSM document, 3 to 128 letters, digits, dots, `-` and `_`.
   *
   * @default - CloudFormation or Terraform makes one
   */
  readonly documentName?: string;

  /**
   * Name of the vault that points come from unless a run says otherwise.
   *
   * @default - each run must say
   */
  readonly backupVaultName?: string;

  /**
   * Values of metadata keys unless a run says otherwise, e.g. `DBSubnetGroupName`.
   *
   * @default - what the recovery point holds
   */
  readonly metadataDefaults?: { [key: string]: string };

  /**
   * Hours that a run waits for the restore, 1 to 168.
   *
   * @default 24
   */
  readonly timeoutHours?: number;
}

/**
 * The roles of a runbook.
 */
export interface RestoreRunbookRoles {
  /**
   * ARN of the role that Systems Manager assumes.
   */
  readonly automationRoleArn: string;

  /**
   * ARN of the role that AWS Backup assumes to restore.
   */
  readonly restoreRoleArn: string;
}

/**
 * What goes wrong in a restore runbook.
 */
export class RestoreRunbookRules {
  /**
   * What the rules find. Never throws.
   *
   * @param runbook the declaration
   * @param path where the declaration is, empty for none
   * @param probe tells which values are known now
   */
  public static check(runbook: RestoreRunbookDeclaration, path: string, probe: IValueProbe): Finding[] {
    if (!readable(runbook, probe)) {
      return [];
    }
    const { resourceType: type, documentName, backupVaultName, timeoutHours: hours } = runbook;
    const findings: Finding[] = [];
    if (absent(type) || RestoreMetadata.keysOf(String(type)).length === 0) {
      findings.push(found(RULES.resourceType, at(path, 'resourceType'), shown(type)));
    }
    findings.push(...checkDocumentName(documentName, at(path, 'documentName'), probe));
    if (readable(backupVaultName, probe) && !VAULT_NAME.test(backupVaultName)) {
      findings.push(found(RULES.vaultName, at(path, 'backupVaultName'), shown(backupVaultName)));
    }
    findings.push(...checkDefaults(runbook, at(path, 'metadataDefaults'), probe));
    if (readable(hours, probe) && !whole(hours, 1, 168)) {
      findings.push(found(RULES.timeout, at(path, 'timeoutHours'), shown(hours)));
    }
    return findings;
  }

  private constructor() {}
}

/**
 * Runbooks for restores, as SSM Automation documents.
 */
export class RestoreRunbooks {
  /**
   * Hours that a run waits for the restore.
   */
  public static readonly TIMEOUT_HOURS = 24;

  /**
   * The content of the document (schema 0.3): checks that the point is of the type, merges the metadata that it holds with
   * what the run gives, starts the restore, waits for its end and tells what was made.
   *
   * @param runbook the declaration
   * @param roles its roles
   * @param timeoutSeconds the timeout where it is an expression, with which nothing can be computed here; what
   * `timeoutHours` says when left out
   */
  public static document(runbook: RestoreRunbookDeclaration, roles: RestoreRunbookRoles, timeoutSeconds?: number): any {
    const { timeoutHours = RestoreRunbooks.TIMEOUT_HOURS } = runbook;
    return runbookDocument(runbook, roles, timeoutSeconds ?? timeoutHours * 3600);
  }

  /**
   * Patterns of the ARNs that recovery points of a type have in an account and Region, those in logically air-gapped vaults
   * included (Source 1.1).
   *
   * @param resourceType resource type, as AWS Backup writes it
   * @param env account and Region
   */
  public static recoveryPointArns(resourceType: string, env: Environment): string[] {
    const formats = ServiceSupport.all()
      .filter((service) => service.resourceType === resourceType)
      .flatMap(({ recoveryPointArnFormat }) => recoveryPointArnFormat.match(/arn:aws:[^\s;,()]+/g) ?? []);
    const gapped = 'arn:aws:backup:{region}:{account}:recovery-point:{id}';
    return [...new Set([...formats, gapped].map((format) => pattern(format, env)))].sort();
  }

  private constructor() {}
}

/** `arn:aws:rds:{region}:{account}:snapshot:awsbackup:job-{uuid}` ends in a star where its id begins. */
function pattern(format: string, { partition, region, account }: Environment): string {
  const [, , service, , accountPart, ...rest] = format.split(':');
  const resource = rest.join(':').replace(/(\{|\.\.\.).*$/, '*');
  return `arn:${partition}:${service}:${region}:${accountPart === '' ? '' : account}:${resource}`;
}

function checkDefaults(runbook: RestoreRunbookDeclaration, path: string, probe: IValueProbe): Finding[] {
  const { resourceType: type, metadataDefaults: defaults } = runbook;
  if (!readable(defaults, probe) || RestoreMetadata.keysOf(String(type)).length === 0) {
    return [];
  }
  return Object.keys(defaults).flatMap((key) => {
    const known = RestoreMetadata.tryFind(type, key);
    if (known === undefined) {
      return [found(RULES.metadataKey, at(path, key), `${key} for ${type}`)];
    }
    return known.need === RestoreMetadataNeed.NEW_VALUE
      ? [found(RULES.newValue, at(path, key), `${key} for ${type}`)]
      : [];
  });
}
