import { BackupLimits } from '../../backup-limits';
import { Finding } from '../../finding';
import { placeOf } from '../arns';
import { at, found } from '../found';
import { members } from '../reading';
import { RESOURCE } from '../tables/plan';
import { allKnown } from './all-known';
import { EstateIndex } from './estate-index';

/** Machines of one hypervisor share its gateways, so that each says how many there are, and all say the same (Source B4.3/9). */
export function checkGateways(index: EstateIndex): Finding[] {
  const firsts = new Map<string, { readonly path: string; readonly count: number }>();
  const findings: Finding[] = [];
  for (const [, resource] of members(index.estate.resources, index.probe)) {
    const { service, env, hypervisorId } = resource;
    const count = resource.gatewayCount ?? 1;
    if (service !== BackupLimits.GATEWAY_SERVICE || !allKnown([env, hypervisorId, count], index.probe)) {
      continue;
    }
    const key = `${placeOf(env)} ${hypervisorId ?? ''}`;
    const path = resource.declaredAt ?? resource.arn;
    const first = firsts.get(key);
    if (first === undefined) {
      firsts.set(key, { path, count });
    } else if (first.count !== count) {
      const given = `${count}, where ${first.path} has ${first.count}`;
      findings.push(found(RESOURCE.hypervisorGateways, at(path, 'gatewayCount'), given));
    }
  }
  return findings;
}
