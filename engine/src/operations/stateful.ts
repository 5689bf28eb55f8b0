/**
 * The World's resources that hold data, as their own services make, find, change and delete them.
 *
 * Owns     nothing: adds and removes what jobs, selections and restores see.
 * Spec     ../domain/protected-resources.md
 */
import type { Environment, StatefulResource } from '@holdfast/model';
import type { Resource } from '../domain/protected-resources';
import { arnOf, physicalName, type ResourceFacts, statefulResource } from '../domain/stateful-resources';
import { placeOf } from '../domain/vaults';
import type { WorldState } from '../domain/world-state';
import type { Caller } from './caller';

export type TagMap = Readonly<Record<string, string>>;

export function environmentOf({ partition, account, region }: Caller): Environment {
  return { partition, account, region };
}

/** Those of some services in the account and Region of a caller, by ARN in ascending order. */
export function resourcesOf(state: WorldState, caller: Environment, services: readonly string[]): Resource[] {
  const place = state.ledger.names.intern(placeOf(caller));
  return state.ledger.resources.at(place).filter(({ declaration }) => services.includes(declaration.service));
}

/** One of some services that is there, by its name. */
export function tryFindResource(
  state: WorldState,
  caller: Environment,
  services: readonly string[],
  name: string | undefined,
): Resource | undefined {
  if (name === undefined) {
    return undefined;
  }
  for (const service of services) {
    const found = state.ledger.resources.tryFind(arnOf(service, caller, name));
    if (found !== undefined && !found.gone && services.includes(found.declaration.service)) {
      return found;
    }
  }
  // Two names make the ARN of some, and an inventory may name one otherwise than its ARN does.
  return resourcesOf(state, caller, services).find(({ declaration }) => lastOf(declaration.arn) === name);
}

/** The last name of an ARN: an id, a table, an identifier. */
export function lastOf(arn: string): string {
  return arn.split(/[:/]/).at(-1) ?? arn;
}

/** A name that the service makes, keyed as that of an artifact with the same `Name`. */
export function freshName(state: WorldState, caller: Caller, service: string, tags: TagMap): string {
  const { particulars, resources } = state.ledger;
  const env = environmentOf(caller);
  const text = tags['Name'] ?? service;
  for (;;) {
    const count = particulars.nth([service, placeOf(env), text].join('\u0000'));
    const name = physicalName(service, env, undefined, count === 1 ? text : `${text}#${count}`);
    if (resources.tryFind(arnOf(service, env, name)) === undefined) {
      return name;
    }
  }
}

/** Makes a resource that a caller asked for. */
export function makeResource(
  state: WorldState,
  caller: Caller,
  facts: Omit<ResourceFacts, 'env' | 'declaredAt'>,
): Resource {
  const { declaredAt: _declaredAt, ...declaration } = statefulResource({
    ...facts,
    env: environmentOf(caller),
    declaredAt: '',
  });
  state.addResource(declaration);
  return found(state, declaration.arn);
}

/** Changes what backups see of a resource: its tags, size, state, windows. */
export function changeResource(state: WorldState, resource: Resource, members: Partial<StatefulResource>): Resource {
  state.addResource({ ...resource.declaration, ...members });
  return found(state, resource.arn);
}

export function tagsOf({ declaration }: Resource): TagMap {
  return declaration.tags ?? {};
}

/** Puts tags on a resource beside those that it has, and takes some away. */
export function retag(state: WorldState, resource: Resource, added: TagMap, removed: readonly string[] = []): void {
  const left = Object.entries(tagsOf(resource)).filter(([key]) => !removed.includes(key));
  changeResource(state, resource, { tags: { ...Object.fromEntries(left), ...added } });
}

interface TagShape {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

export function tagMap(tags: readonly TagShape[] | undefined): TagMap {
  return Object.fromEntries((tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
}

export function tagList(tags: TagMap): { Key: string; Value: string }[] {
  return Object.entries(tags)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([Key, Value]) => ({ Key, Value }));
}

function found(state: WorldState, arn: string): Resource {
  const resource = state.ledger.resources.tryFind(arn);
  if (resource === undefined) {
    throw new Error(`no resource ${arn} right after it was added`);
  }
  return resource;
}
