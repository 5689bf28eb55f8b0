/**
 * Whether a trust policy lets a service in.
 *
 * Pure: a document as text in, yes or no out. Conditions are taken to hold (Assumed: those on `aws:SourceAccount` and
 * `aws:SourceArn` that AWS Backup's own requests meet); an evaluation with all of them is the authorizer's.
 * Source   IAM user guide, "Creating a role to delegate permissions to an AWS service"; B12.
 */

interface Statement {
  readonly Effect?: string;
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
  readonly Action?: unknown;
  readonly Condition?: unknown;
}

export function trustsService(document: string, service: string): boolean {
  const statements = statementsOf(document).filter((one) => speaksOf(one, service) && allowsAssuming(one));
  // A denial with a condition is taken not to hold, for the same reason.
  const denied = statements.some((one) => one.Effect === 'Deny' && one.Condition === undefined);
  return !denied && statements.some((one) => one.Effect === 'Allow');
}

function statementsOf(document: string): Statement[] {
  const { Statement } = JSON.parse(document) as { readonly Statement?: unknown };
  return listOf(Statement).filter((one): one is Statement => typeof one === 'object' && one !== null);
}

function speaksOf(statement: Statement, service: string): boolean {
  const { Principal } = statement;
  const services = isRecord(Principal) ? listOf(Principal['Service']) : [];
  const anybody = Principal === '*' || (isRecord(Principal) && listOf(Principal['AWS']).includes('*'));
  // In China the same service is also spelled with the partition's own suffix.
  return anybody || services.some((one) => one === service || one === `${service}.cn`);
}

function allowsAssuming(statement: Statement): boolean {
  return listOf(statement.Action).some((action) => /^(\*|sts:\*|sts:AssumeRole|sts:Assume\*)$/i.test(String(action)));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function listOf(value: unknown): unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? (value as unknown[]) : [value];
}
