/**
 * AWS::CloudFormation::Stack: a stack nested in another.
 *
 * Pure: changes nothing but the World it is given.
 * Source   the CloudFormation resource specification (@aws-cdk/aws-service-spec 0.1.216); AWS CloudFormation User Guide, "Embed
 *          stacks within other stacks using nested stacks".
 */
import type { Stack } from '../domain/stacks';
import type { Made, ResourceHandler, Standing, Wanted } from './handler';
import { preview } from './preview';
import { Refused } from './refusals';
import { Asked, designOf } from './stack-calls';
import { createStack, deleteStack, updateStack } from './stack-lifecycle';
import type { Work } from './work';

/** Whoever allows a stack what it needs allows those nested in it, too. */
const CAPABILITIES = ['CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'];
const FAILS = { token: undefined, onFailure: 'ROLLBACK' as const };

export const NESTED: Readonly<Record<string, ResourceHandler>> = {
  'AWS::CloudFormation::Stack': {
    replacedBy: [],
    create,
    update,
    delete: (standing) => remove(standing, childOf(standing)),
  },
};

function* create(wanted: Wanted): Work<Made> {
  const { state, env, stack } = wanted;
  const name = wanted.generated();
  const { design } = designOf(state, env, name, askedBy(wanted));
  const child = state.services.stacks.add(env, name, stack);
  child.authority = stack.authority;
  child.timeoutMinutes = wanted.properties.member('TimeoutInMinutes').number();
  yield* createStack(state, child, design, FAILS);
  if (child.status !== 'CREATE_COMPLETE') {
    const why = `Embedded stack ${child.id} was not successfully created: ${failureOf(child)}`;
    yield* remove(wanted, child);
    throw new Refused(why);
  }
  return madeOf(child);
}

function* update(wanted: Wanted, standing: Standing): Work<Made> {
  const { state, env } = standing;
  const child = childOf(standing);
  const { design, read } = designOf(state, env, child.name, askedBy(wanted), child.design);
  if (preview(state, child, design, read.template).differs) {
    child.authority = standing.stack.authority;
    yield* updateStack(state, child, design, FAILS);
    if (child.status !== 'UPDATE_COMPLETE') {
      throw new Refused(`Embedded stack ${child.id} was not successfully updated: ${failureOf(child)}`);
    }
  }
  return madeOf(child);
}

function* remove({ state }: Pick<Standing, 'state'>, child: Stack): Work<void> {
  if (child.deletedAt !== undefined) {
    return;
  }
  yield* deleteStack(state, child, { token: undefined, retain: new Set() });
  // What is deleted has another status now.
  if ((child.status as string) !== 'DELETE_COMPLETE') {
    throw new Refused(`Embedded stack ${child.id} was not successfully deleted: ${failureOf(child)}`);
  }
}

function askedBy(wanted: Wanted): Asked {
  const { properties } = wanted;
  const parameters = properties.member('Parameters').textMap() ?? {};
  return {
    TemplateURL: properties.member('TemplateURL').requiredText(),
    Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
    Capabilities: CAPABILITIES,
    Tags: Object.entries(wanted.tags()).map(([Key, Value]) => ({ Key, Value })),
    NotificationARNs: properties.member('NotificationARNs').texts(),
  };
}

function childOf({ state, env, made }: Standing): Stack {
  const child = state.services.stacks.tryFind(env, made.physicalId);
  if (child === undefined) {
    throw new Refused(`Stack ${made.physicalId} does not exist`);
  }
  return child;
}

function madeOf(child: Stack): Made {
  const outputs = child.outputs.map(({ key, value }) => [`Outputs.${key}`, value]);
  return { physicalId: child.id, attributes: Object.fromEntries(outputs) as Made['attributes'] };
}

/** Why it failed: what its first resource that failed says. */
function failureOf(child: Stack): string {
  const failed = child.events.find(({ status }) => status.endsWith('_FAILED'));
  return failed === undefined
    ? (child.reason ?? child.status)
    : `The resource ${failed.logicalId} failed: ${failed.reason}`;
}
