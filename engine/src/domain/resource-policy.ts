/**
 * Whether a policy of a topic, queue, bus or function lets a service of AWS in.
 *
 * Pure.
 * Source   the IAM user guide, "Policy evaluation logic": what is not allowed is denied, and a denial wins.
 * Assumed  Without a policy everybody is let in, as a World evaluates no policies unless asked to (design.md section 2).
 * Spec     deliveries.md
 */

/** A service that acts for a resource. */
export interface ServiceRequest {
  /** E.g. `events.amazonaws.com`. */
  readonly service: string;
  /** E.g. `sns:Publish`. */
  readonly action: string;
  /** The resource that the policy belongs to. */
  readonly resource: string;
  /** For whom the service acts, e.g. the ARN of a rule. */
  readonly sourceArn: string;
  readonly sourceAccount: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** Whether the policy lets the request pass. */
export function admitsService(policy: string | undefined, request: ServiceRequest): boolean {
  if (policy === undefined) {
    return true;
  }
  return speaks(policy, request, 'Allow') && !speaks(policy, request, 'Deny');
}

/** Whether the policy forbids the request, whatever else allows it. */
export function deniesService(policy: string | undefined, request: ServiceRequest): boolean {
  return policy !== undefined && speaks(policy, request, 'Deny');
}

function speaks(policy: string, request: ServiceRequest, effect: string): boolean {
  const statements = listOf((JSON.parse(policy) as Fields)['Statement']).filter(isFields);
  return statements.some((statement) => statement['Effect'] === effect && speaksOf(statement, request));
}

function speaksOf(statement: Fields, request: ServiceRequest): boolean {
  return (
    isPrincipal(statement, request) &&
    isNamed(statement, 'Action', request.action, true) &&
    isNamed(statement, 'Resource', request.resource, false) &&
    Object.entries(isFields(statement['Condition']) ? statement['Condition'] : {}).every(([operator, keys]) =>
      holds(operator, isFields(keys) ? keys : {}, request),
    )
  );
}

function isPrincipal(statement: Fields, { service, sourceAccount }: ServiceRequest): boolean {
  // A policy of a bus names the account whose rule sends.
  const isAccount = (one: unknown) => one === sourceAccount || String(one).endsWith(`::${sourceAccount}:root`);
  const names = (principal: unknown) =>
    principal === '*' ||
    (isFields(principal) &&
      (listOf(principal['Service']).some((one) => one === service || one === '*') ||
        listOf(principal['AWS']).some((one) => one === '*' || isAccount(one))));
  return statement['NotPrincipal'] === undefined ? names(statement['Principal']) : !names(statement['NotPrincipal']);
}

/** A statement of a policy of a function or bus may leave its resource out. */
function isNamed(statement: Fields, member: string, wanted: string, anyCase: boolean): boolean {
  const not = statement[`Not${member}`];
  const written = not ?? statement[member];
  if (written === undefined) {
    return member === 'Resource';
  }
  const found = listOf(written).some((one) => like(String(one), wanted, anyCase));
  return not === undefined ? found : !found;
}

function holds(operator: string, keys: Fields, request: ServiceRequest): boolean {
  const [kind = ''] = operator.replace(/^ForAnyValue:|^ForAllValues:/, '').split('IfExists');
  const negated = kind.includes('Not');
  const matchesOne = (wanted: string, given: string) => {
    switch (kind.replace('Not', '')) {
      case 'StringEquals':
        return wanted === given;
      case 'StringEqualsIgnoreCase':
        return wanted.toLowerCase() === given.toLowerCase();
      case 'Bool':
        return wanted.toLowerCase() === given;
      case 'ArnEquals':
      case 'ArnLike':
      case 'StringLike':
        return like(wanted, given, false);
      default:
        return false;
    }
  };
  return Object.entries(keys).every(([key, wanted]) => {
    const given = valueOf(key.toLowerCase(), request);
    if (given === undefined) {
      return negated || operator.endsWith('IfExists');
    }
    return listOf(wanted).some((one) => matchesOne(String(one), given)) !== negated;
  });
}

function valueOf(key: string, request: ServiceRequest): string | undefined {
  switch (key) {
    case 'aws:sourcearn':
      return request.sourceArn;
    case 'aws:sourceaccount':
    case 'aws:sourceowner':
      return request.sourceAccount;
    case 'aws:securetransport':
    case 'aws:principalisawsservice':
      return 'true';
    default:
      return undefined;
  }
}

function like(pattern: string, text: string, anyCase: boolean): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, anyCase ? 'is' : 's').test(text);
}

function listOf(value: unknown): readonly unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
