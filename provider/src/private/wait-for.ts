import { dependable, TerraformResource } from 'cdktf';

/** Has a resource made after others, and ended before them. */
export function waitFor(resource: TerraformResource, before: TerraformResource): void {
  resource.dependsOn = [...(resource.dependsOn ?? []), dependable(before)];
}
