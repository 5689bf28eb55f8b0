/**
 * AWS::CloudFormation::WaitCondition and WaitConditionHandle; what they wait for is in signals.ts.
 *
 * Pure: changes nothing but the World it is given.
 * Source   AWS CloudFormation User Guide, "Create wait conditions in a CloudFormation template"; the resource reference: updates are
 *          not supported, `Id` of a handle, `Data` of a condition.
 */
import { uuid } from '../kernel/ids';
import type { ResourceHandler } from './handler';
import { Refused } from './refusals';
import { WAIT_CONDITION } from './signals';

/** Source: how CloudFormation calls the bucket; the runtime of functions sends what goes there to the World. */
const HOST = 'cloudformation-waitcondition';

export const WAIT_CONDITIONS: Readonly<Record<string, ResourceHandler>> = {
  [WAIT_CONDITION]: {
    replacedBy: [],
    create: ({ stack, wish, properties }) => {
      const withHandle = properties.member('Handle').isPresent;
      if (withHandle !== properties.member('Timeout').isPresent) {
        throw new Refused('Handle and Timeout must be given together, or a CreationPolicy in their place');
      }
      return { physicalId: `${stack.id}/${wish.logicalId}`, attributes: {} };
    },
    update: (_, { made }) => refuseUpdate(made.type),
    delete: () => undefined,
  },
  'AWS::CloudFormation::WaitConditionHandle': {
    replacedBy: [],
    create: ({ state, env, stack, wish }) => {
      const names = [stack.id, wish.logicalId, String(wish.generation)];
      const id = uuid(state.seed, { kind: 'wait-handle', names });
      state.services.stacks.waits.handles.set(id, { stack, logicalId: wish.logicalId, signals: new Map() });
      const physicalId = `https://${HOST}-${env.region}.s3.${env.region}.amazonaws.com/${id}`;
      return { physicalId, attributes: { Id: id } };
    },
    update: (_, { made }) => refuseUpdate(made.type),
    delete: ({ state, made }) => {
      state.services.stacks.waits.handles.delete(String(made.attributes['Id']));
    },
  },
};

/** Assumed: the text. */
function refuseUpdate(type: string): never {
  throw new Refused(`Update to resource type ${type} is not supported.`);
}
