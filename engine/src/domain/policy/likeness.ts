/**
 * Which requests for an action policies decide alike, so that one verdict stands for many resources.
 *
 * Pure.
 * Spec     evaluation.md beside this file.
 */
import { policiesOf } from './decide';
import { documentOf } from './document';
import type { NamedPolicy, PoliciesInForce, PolicyType } from './policies';
import type { AuthorizationRequest } from './request';
import { hasAction } from './statements';
import { matchesResource, Token, tokensOf } from './wildcard';

/** Keys that say the same of every resource of a place: of who asks, from where, by way of what, and of whose it is. */
const OF_NO_RESOURCE =
  /^(aws:(principal|source|requested|called|via|resourceaccount|resourceorg|secure|current|epoch)|kms:(viaservice|calleraccount|grantisforawsresource|encryptioncontextkeys)|s3:resourceaccount)/i;

/** What a policy looks at in a request for an action: patterns of resources, or more. */
type Sight = readonly (readonly Token[])[] | 'more';

const sights = new WeakMap<NamedPolicy, Map<string, Sight>>();

/**
 * What policies look at in a request beside its action and who asks: two requests of one action, principal, place and policies
 * with the same answer have the same verdict. Undefined where policies look at more, such as tags.
 */
export function likenessOf(request: AuthorizationRequest, policies: PoliciesInForce): string | undefined {
  const { action, resource, resourceAccount, requestedRegion = '', context } = request;
  let matches = '';
  for (const [policy, type] of policiesOf(policies)) {
    const sight = sightOf(policy, type, action);
    if (sight === 'more') {
      return undefined;
    }
    for (const pattern of sight) {
      matches += matchesResource(pattern, resource) ? '1' : '0';
    }
  }
  return [matches, resourceAccount, requestedRegion, context && JSON.stringify(context)].join(' ');
}

function sightOf(policy: NamedPolicy, type: PolicyType, action: string): Sight {
  const known = sights.get(policy) ?? new Map<string, Sight>();
  sights.set(policy, known);
  const key = `${type} ${action}`;
  const sight = known.get(key) ?? read(policy, type, action);
  known.set(key, sight);
  return sight;
}

function read(policy: NamedPolicy, type: PolicyType, action: string): Sight {
  const statements = documentOf(policy, type).statements.filter((statement) => hasAction(statement.action, action));
  const values = statements.flatMap(({ resource }) => resource?.values ?? []);
  const conditions = statements.flatMap((statement) => statement.conditions);
  const compared = conditions.flatMap((condition) => condition.values);
  const looksFurther = conditions.some(({ key }) => !OF_NO_RESOURCE.test(key));
  return looksFurther || [...values, ...compared].some((value) => value.includes('${')) ? 'more' : values.map(tokensOf);
}
