import {
  BackupPlan,
  BackupRule,
  BackupSelection,
  BackupVault,
  Estate,
  EstateRules,
  Finding,
  LogicallyAirGappedVault,
  PlainValues,
  RuleCatalog,
  ServiceSupport,
  StatefulResource,
} from '@holdfast/model';

export const PLAIN = new PlainValues();
export const ENV = { partition: 'aws', account: '123456789012', region: 'eu-central-1' };

/** A declaration that breaks a rule (`fails`, with the path and the end of the message) or is just right (`passes`). */
export type Row<T> =
  | [rule: string, verdict: 'passes', declaration: T]
  | [rule: string, verdict: 'fails', declaration: T, path: string, given: string];

/** One test per row: what the rule finds is told by its row in the catalogue, the path and what was given. */
export function testRows<T>(check: (declaration: T) => Finding[], rows: readonly Row<T>[]): void {
  test.each(rows.map((row) => ({ row, title: title(row) })))('$title', ({ row }) => {
    const [rule, verdict, declaration, path, given] = row;
    const findings = check(declaration).filter((finding) => finding.rule === rule);
    if (verdict === 'passes') {
      expect(findings).toEqual([]);
      return;
    }
    const { effect, severity, source } = RuleCatalog.find(rule);
    expect(findings).toEqual([{ rule, effect, severity, source, path, message: expect.stringMatching(/^must be \S/) }]);
    expect(findings[0]?.message.slice(-given!.length - 5)).toBe(` got ${given}`);
    expect(findings[0]?.message).not.toMatch(/invalid|illegal|please|\.$|undefined|\[object|NaN/i);
  });
}

/** What the rules find in an estate; nothing is missed when its selections and resources are added to the rest later. */
export function checkEstate(estate: Estate): Finding[] {
  const all = EstateRules.check(estate, PLAIN);
  const plans = (estate.plans ?? []).map((declared) => ({ ...declared, selections: undefined }));
  const before = EstateRules.check({ ...estate, plans, resources: undefined }, PLAIN);
  expect([...before, ...EstateRules.checkSelections(estate, PLAIN)]).toEqual(expect.arrayContaining(all));
  return all;
}

function title<T>([rule, verdict, declaration, , given]: Row<T>): string {
  const text = JSON.stringify(declaration);
  const short = text.length > 90 ? `${text.slice(0, 90)}…` : text;
  return verdict === 'fails' ? `fails with ${rule}: ${given} in ${short}` : `passes ${rule}: ${short}`;
}

export function rule(over: Partial<BackupRule> = {}): BackupRule {
  return { ruleName: 'daily', targetBackupVaultName: 'main', startWindowMinutes: 60, ...over };
}

export function plan(over: Partial<BackupPlan> = {}): BackupPlan {
  return { backupPlanName: 'plan', env: ENV, rules: [rule()], selections: [selection()], ...over };
}

export function selection(over: Partial<BackupSelection> = {}): BackupSelection {
  return {
    selectionName: 'all',
    iamRoleArn: 'arn:aws:iam::123456789012:role/backup',
    ...(over.listOfTags === undefined ? { resources: ['arn:aws:ec2:*:*:volume/*'] } : {}),
    ...over,
  };
}

export function vault(over: Partial<BackupVault> = {}): BackupVault {
  return { backupVaultName: 'main', env: ENV, ...over };
}

export function airGapped(over: Partial<LogicallyAirGappedVault> = {}): LogicallyAirGappedVault {
  return { backupVaultName: 'gapped', env: ENV, minRetentionDays: 7, maxRetentionDays: 400, ...over };
}

export function resource(service: string, name: string, over: Partial<StatefulResource> = {}): StatefulResource {
  const { resourceType } = ServiceSupport.find(service);
  return { arn: ServiceSupport.arn(service, ENV, name), service, resourceType, name, env: ENV, ...over };
}

export function vaultArn(name: string, over: Partial<typeof ENV> = {}): string {
  const { partition, region, account } = { ...ENV, ...over };
  return `arn:${partition}:backup:${region}:${account}:backup-vault:${name}`;
}

/** So many things. */
export function many<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

export function tagsOf(count: number): { [key: string]: string } {
  return Object.fromEntries(many(count, (index) => [`key${index}`, 'value']));
}
