import { OrganizationProvision } from '@holdfast/model';

/** The parts of a template that are read. */
interface Template {
  readonly Resources?: Record<string, { Type?: unknown; Properties?: Record<string, unknown> } | undefined>;
}

/** The vaults and roles that a template makes under fixed names; undefined where the text is no template in JSON. */
export function tryReadProvision(templateBody: string): OrganizationProvision | undefined {
  const resources = Object.values(parsed(templateBody)?.Resources ?? {});
  if (resources.length === 0) {
    return undefined;
  }
  const named = (type: string, property: string) =>
    resources
      .filter((resource) => resource?.Type === type)
      .map((resource) => resource?.Properties?.[property])
      .filter((name) => typeof name === 'string');
  return {
    backupVaultNames: named('AWS::Backup::BackupVault', 'BackupVaultName'),
    roleNames: named('AWS::IAM::Role', 'RoleName'),
  };
}

function parsed(text: string): Template | undefined {
  try {
    return JSON.parse(text) as Template;
  } catch {
    return undefined;
  }
}
