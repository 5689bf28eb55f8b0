/**
 * What `Fn::GetAtt` gives of a resource that stands, and why it gives nothing.
 *
 * Pure: reads the World.
 * Source   the texts, as seen in public threads: resource-schemas.ts; issue #29949 of aws/aws-cdk for custom resources (read 2026-11-27).
 */
import type { MadeResource, Stack } from '../domain/stacks';
import type { WorldState } from '../domain/world-state';
import { NESTED_STACK } from '../ingest/cloudformation/stack';
import { isDictionary } from '../ingest/cloudformation/template';
import { uuid } from '../kernel/ids';
import { isCustom } from './custom-resources';
import { Refused } from './refusals';
import { hasSchema, whyNoAttribute } from '../ingest/cloudformation/resource-schemas';
import { ValueFault } from './stack-values';

/** @throws ValueFault when the type has none of the name; Refused when it has, and nothing here knows it */
export function attributeOf(state: WorldState, stack: Stack, made: MadeResource, name: string): unknown {
  const { logicalId, type, attributes, properties } = made;
  // Outputs are named by an author, not by a schema.
  const isOutput = type === NESTED_STACK && name.startsWith('Outputs.');
  const why = isOutput ? undefined : whyNoAttribute(type, name);
  if (why !== undefined) {
    throw new ValueFault(why);
  }
  if (Object.hasOwn(attributes, name)) {
    return attributes[name];
  }
  if (isCustom(type)) {
    throw new ValueFault(missingOfCustom(state, stack, made, name));
  }
  if (isOutput || !hasSchema(type)) {
    throw new ValueFault(`Template error: resource ${logicalId} does not support attribute type ${name} in Fn::GetAtt`);
  }
  const declared = name
    .split('.')
    .reduce<unknown>(
      (value, key) => (isDictionary(value) && Object.hasOwn(value, key) ? value[key] : undefined),
      properties,
    );
  if (declared === undefined) {
    throw new Refused(`NotEmulated: attribute ${name} of an ${type} is not emulated`);
  }
  return declared;
}

function missingOfCustom(
  state: WorldState,
  stack: Stack,
  { logicalId, physicalId }: MadeResource,
  name: string,
): string {
  const answer = uuid(state.seed, { kind: 'custom-resource-answer', names: [stack.id, logicalId, physicalId] });
  const bucket = `cloudformation-custom-resource-storage-${stack.env.region.replace(/-/g, '')}`;
  const object = `${stack.id}|${logicalId}|${answer} in S3 bucket ${bucket}`;
  return `CustomResource attribute error: Vendor response doesn't contain ${name} attribute in object ${object}`;
}
