import { Environment } from '../../environment';
import { Finding, IValueProbe, RuleDescription } from '../../finding';
import { placeOf } from '../arns';
import { at, found } from '../found';
import { duplicates } from '../names';
import { readable } from '../reading';

/** Something that has a name and a place of its own. */
export interface Named {
  readonly env: Environment;
  readonly name: string | undefined;
  readonly path: string;
}

/** Which rules hold for many of a kind. */
export interface Together {
  /** Member that holds the name, for the path of a finding. */
  readonly member: string;
  /** The rule that names are unique, where that is one. */
  readonly unique?: RuleDescription;
  readonly quota: RuleDescription;
  readonly most: number;
}

/** Names that collide and counts above a quota, place by place; the quota is told once a place, at the first. */
export function checkTogether(all: readonly Named[], probe: IValueProbe, rules: Together): Finding[] {
  const { member, unique, quota, most } = rules;
  const findings: Finding[] = [];
  if (unique !== undefined) {
    const named = all.filter(({ name }) => readable(name, probe));
    for (const [first, one] of duplicates(named, ({ env, name }) => `${placeOf(env)}|${name}`)) {
      findings.push(found(unique, at(one.path, member), `${one.name} again, as in ${first.path}`));
    }
  }
  const places = new Map<string, Named[]>();
  for (const one of all) {
    places.set(placeOf(one.env), [...(places.get(placeOf(one.env)) ?? []), one]);
  }
  for (const there of places.values()) {
    if (there.length > most) {
      findings.push(found(quota, (there[0] as Named).path, String(there.length)));
    }
  }
  return findings;
}
