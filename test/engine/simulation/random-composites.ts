// Stacks and clusters over the resources of a place: what is backed up as a parent with its members.
import { Environment, ServiceSupport, StatefulResource } from '@holdfast/model';
import type { Draw } from './draw';

type Members = Readonly<Record<string, string>>;

/** None in most places, else a stack, sometimes with another one in it, or a cluster. */
export function drawComposites(
  draw: Draw,
  env: Environment,
  resources: readonly StatefulResource[],
): StatefulResource[] {
  if (!draw.oneIn(3)) {
    return [];
  }
  const inner = draw.oneIn(3) ? [composite(draw, 'cloudformation', 'inner/1', env, membersOf(draw, resources))] : [];
  const members = {
    ...membersOf(draw, resources),
    ...Object.fromEntries(inner.map(({ arn }) => ['Nested', arn])),
    // AWS Backup protects no queues, so that the stack is PARTIAL.
    ...(draw.oneIn(3) ? { Queue: `arn:${env.partition}:sqs:${env.region}:${env.account}:orders` } : {}),
  };
  const stack = composite(draw, 'cloudformation', 'shop/1', env, members);
  const cluster = draw.oneIn(2) ? [composite(draw, 'eks', 'cluster', env, membersOf(draw, resources))] : [];
  return [...inner, stack, ...cluster];
}

function membersOf(draw: Draw, resources: readonly StatefulResource[]): Members {
  return Object.fromEntries(draw.some(resources).map(({ name, arn }) => [`Of-${name}`, arn]));
}

function composite(draw: Draw, service: string, name: string, env: Environment, members: Members): StatefulResource {
  return {
    arn: ServiceSupport.arn(service, env, name),
    service,
    resourceType: ServiceSupport.find(service).resourceType,
    name,
    env,
    members,
    ...(draw.oneIn(3) ? {} : { tags: { backup: draw.pick(['daily', 'weekly']) } }),
    ...(service === 'cloudformation' && draw.oneIn(3) ? { state: 'UPDATE_COMPLETE' } : {}),
  };
}
