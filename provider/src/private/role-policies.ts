import { ServiceSupport } from '@holdfast/model';
import { ITerraformDependable, TerraformResource, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { SYNTH } from './token-values';

/** Kept at the root of the app under a registered symbol, so that two copies of this library see each other's. */
const POLICIES = Symbol.for('@holdfast/cdktf.role-policies');

/**
 * Remembers which policies a role of ours has, by how its ARN is written.
 *
 * A policy is attached after its role is made, and what is given the ARN alone would not wait for that.
 */
export function rememberRole(scope: IConstruct, roleArn: string, policies: TerraformResource[]): void {
  policiesAt(scope).set(roleArn, policies);
}

/** The policies, in the stack of `scope`, of the role of ours whose ARN is written like this; none for any other role. */
export function policiesOfRole(scope: IConstruct, roleArn: string): ITerraformDependable[] {
  const stack = TerraformStack.of(scope);
  return (policiesAt(scope).get(roleArn) ?? []).filter((policy) => TerraformStack.of(policy) === stack);
}

/** The services that a role is for: all of them, too, where only Terraform knows which. */
export function servicesOfRole(services?: string[]): string[] {
  const known = services !== undefined && SYNTH.known(services) && services.every((id) => SYNTH.known(id));
  return known ? services : ServiceSupport.all().map(({ id }) => id);
}

function policiesAt(scope: IConstruct): Map<string, TerraformResource[]> {
  const { root } = scope.node;
  const known = Reflect.get(root, POLICIES) as Map<string, TerraformResource[]> | undefined;
  if (known !== undefined) {
    return known;
  }
  const made = new Map<string, TerraformResource[]>();
  Object.defineProperty(root, POLICIES, { value: made });
  return made;
}
