import { simulate } from '../test/engine/simulation/simulation';
const seed = Number(process.argv[2]);
const out: string[] = [];
const o = simulate(seed, { onStep: (s) => { for (const e of s.entries) {
  if (e.kind === 'point') out.push([new Date(e.at).toISOString(), 'point', e.status, e.key.split(':').slice(-3).join(':'), new Date(e.point.createdAt).toISOString(), e.point.copyOf ? 'copy' : '', e.kin.isParent ? 'PARENT ' + e.kin.members.map((m) => m.slice(-14)).join(',') : '', e.kin.parent ? 'of ' + e.kin.parent.slice(-14) : ''].join(' '));
  if (e.kind === 'job') out.push([new Date(e.at).toISOString(), e.job.kind, e.state, e.job.jobId.slice(0, 8), e.job.resourceArn.split(':').slice(-2).join(':'), e.within ? 'within ' + e.within.split(':').slice(-1) : '', e.job.recoveryPointArn?.slice(-14) ?? '', e.job.statusMessage].join(' '));
} } });
console.log(JSON.stringify(o.violations.map((v) => v.text.slice(0, 600))));
console.log(out.slice(-Number(process.argv[3] ?? 60)).join('\n'));
