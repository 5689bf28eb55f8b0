/**
 * AWS::Events::Rule, AWS::CloudWatch::Alarm and CompositeAlarm.
 *
 * Pure: changes nothing but the World it is given.
 * Source   the CloudFormation resource specification (@aws-cdk/aws-service-spec 0.1.216): what is create-only.
 */
import type { Estate, EventRule } from '@holdfast/model';
import { readListener } from '../ingest/cloudformation/listeners';
import { call } from '../ingest/deploy-call';
import { deployCompositeAlarm, deployMetricAlarm } from '../ingest/deploy-functions';
import { deployRule } from '../ingest/deploy-listeners';
import { Listeners } from '../ingest/listeners';
import { given } from '../operations/backup/shapes';
import { deleteAlarms } from '../operations/cloudwatch/delete-alarms';
import { deleteRule } from '../operations/eventbridge/delete-rule';
import { removeTargets } from '../operations/eventbridge/remove-targets';
import { Made, ResourceHandler, Standing, Wanted } from './handler';
import { Refused } from './refusals';

export const LISTENERS: Readonly<Record<string, ResourceHandler>> = {
  'AWS::CloudWatch::Alarm': alarm((wanted) =>
    declaredBy(wanted).metricAlarms?.forEach((one) => deployMetricAlarm(wanted.state, one, call)),
  ),
  'AWS::CloudWatch::CompositeAlarm': alarm((wanted) =>
    declaredBy(wanted).compositeAlarms?.forEach((one) => deployCompositeAlarm(wanted.state, one, call)),
  ),
  'AWS::Events::Rule': {
    replacedBy: ['EventBusName', 'Name'],
    create: (wanted) => {
      deployRule(wanted.state, ruleOf(wanted), call);
      return madeRule(wanted);
    },
    update: (wanted, standing) => {
      const { state, stack, made } = standing;
      const after = ruleOf(wanted);
      const kept = new Set((after.targets ?? []).map(({ targetId }) => targetId));
      const before = ruleOf(new Wanted(state, stack, made));
      takeTargets(
        standing,
        before,
        (before.targets ?? []).map(({ targetId }) => targetId).filter((id) => !kept.has(id)),
      );
      deployRule(state, after, call);
      return madeRule(wanted);
    },
    delete: (standing) => {
      const { state, env, stack, made } = standing;
      const rule = ruleOf(new Wanted(state, stack, made));
      takeTargets(
        standing,
        rule,
        (rule.targets ?? []).map(({ targetId }) => targetId),
      );
      deleteRule(state, env, given({ Name: rule.ruleName, EventBusName: rule.eventBusName }));
    },
  },
};

/** @throws Refused when the World has nothing like it */
export function declaredBy({ declaration }: Wanted): Estate {
  const listeners = new Listeners();
  const reason = readListener(declaration, listeners);
  if (reason !== undefined) {
    throw new Refused(`NotEmulated: ${declaration.type}: ${reason}`);
  }
  return listeners.together().estate;
}

function alarm(put: (wanted: Wanted) => void): ResourceHandler {
  const bring = (wanted: Wanted): Made => {
    put(wanted);
    return wanted.made();
  };
  return {
    replacedBy: ['AlarmName'],
    create: bring,
    update: bring,
    delete: ({ state, env, made }) => {
      deleteAlarms(state, env, { AlarmNames: [made.physicalId] });
    },
  };
}

function ruleOf(wanted: Wanted): EventRule {
  return declaredBy(wanted).eventRules?.[0] as EventRule;
}

/** Source: `Ref` of a rule on another bus is `bus|rule`. */
function madeRule(wanted: Wanted): Made {
  const made = wanted.made();
  const bus = wanted.properties.member('EventBusName').text()?.split('/').at(-1);
  if (bus === undefined || bus === 'default') {
    return made;
  }
  const { partition, region, account } = wanted.env;
  const Arn = `arn:${partition}:events:${region}:${account}:rule/${bus}/${made.physicalId}`;
  return { physicalId: `${bus}|${made.physicalId}`, attributes: { ...made.attributes, Arn } };
}

function takeTargets(
  { state, env }: Standing,
  { ruleName: Rule, eventBusName: EventBusName }: EventRule,
  Ids: string[],
): void {
  if (Ids.length > 0) {
    removeTargets(state, env, given({ Rule, EventBusName, Ids }));
  }
}
