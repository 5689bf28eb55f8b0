/**
 * Roles that services alone assume, and the tasks that delete them.
 *
 * Pure: reads the World.
 * Source   IAM API reference, DeleteServiceLinkedRole: `task/aws-service-role/<service>/<role>/<id>`.
 */
import type { Role } from '../domain/roles';
import type { WorldState } from '../domain/world-state';
import { uuid } from '../kernel/ids';
import { AwsFault } from './fault';

const PATH = '/aws-service-role/';
const TASK = /^task\/aws-service-role\/[^/]+\/[^/]+\/[0-9a-f-]{36}$/;

export function isServiceLinked(role: Role): boolean {
  return role.path.startsWith(PATH);
}

/** @throws AwsFault for a role that only its service may change. The text is Assumed. */
export function refuseServiceLinked(role: Role): void {
  if (isServiceLinked(role)) {
    const text = `Cannot perform the operation on the protected role '${role.name}'`;
    throw new AwsFault('UnmodifiableEntityException', text);
  }
}

export function deletionTaskId(state: WorldState, role: Role): string {
  const id = uuid(state.seed, { kind: 'role-deletion', names: [role.arn], at: state.now });
  return `task${role.path}${role.name}/${id}`;
}

export function isDeletionTask(id: string): boolean {
  return TASK.test(id);
}
