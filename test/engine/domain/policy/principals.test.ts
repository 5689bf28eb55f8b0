import { callerArn, isSpared, reachOf } from '../../../../engine/src/domain/policy/principals';
import type { Principal } from '../../../../engine/src/domain/policy/request';
import { OTHER, OWNER, roleOf } from './place-table';

const SESSION = `arn:aws:sts::${OWNER}:assumed-role/Operator/ann`;
const ROLE = roleOf(OWNER);
const USER: Principal = { kind: 'user', arn: `arn:aws:iam::${OWNER}:user/ann`, account: OWNER, userId: 'AIDAANN' };
const ROOT: Principal = { kind: 'root', arn: `arn:aws:iam::${OWNER}:root`, account: OWNER, userId: OWNER };
const SERVICE: Principal = { kind: 'service', arn: 'backup.amazonaws.com', account: '', userId: '' };
const LINKED: Principal = {
  ...ROLE,
  kind: 'service-linked-role',
  arn: `arn:aws:iam::${OWNER}:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup`,
  sessionName: 's',
};
const CHINA: Principal = { ...ROLE, arn: `arn:aws-cn:iam::${OWNER}:role/Operator` };

test.each([
  [SESSION, ROLE],
  [`arn:aws-cn:sts::${OWNER}:assumed-role/Operator/ann`, CHINA],
  [`arn:aws:sts::${OWNER}:assumed-role/AWSServiceRoleForBackup/s`, LINKED],
  [USER.arn, USER],
  [ROOT.arn, ROOT],
  [SERVICE.arn, SERVICE],
])('the caller is %s', (arn, principal) => {
  expect(callerArn(principal)).toBe(arn);
});

// prettier-ignore
test.each<[reach: string | undefined, who: Principal, AWS: string[], Service: string[]]>([
  ['direct',  ROLE,    ['*'],                             []],
  ['direct',  ROLE,    [SESSION],                         []],
  ['role',    ROLE,    [ROLE.arn],                        []],
  ['account', ROLE,    [OWNER],                           []],
  ['account', ROLE,    [`arn:aws:iam::${OWNER}:root`],    []],
  ['direct',  ROLE,    [OWNER, ROLE.arn, SESSION],        []],
  ['role',    ROLE,    [OWNER, ROLE.arn],                 []],
  [undefined, ROLE,    [OTHER, `${ROLE.arn}s`],           ['*']],
  [undefined, ROLE,    [`arn:aws:iam::${OWNER}:root/x`, `x:arn:aws:iam::${OWNER}:root`], []],
  ['direct',  USER,    [OTHER, USER.arn],                 []],
  ['account', USER,    [OWNER],                           []],
  ['direct',  ROOT,    [ROOT.arn],                        []],
  ['account', ROOT,    [OWNER],                           []],
  ['direct',  SERVICE, [],                                ['sns.amazonaws.com', 'backup.amazonaws.com']],
  ['direct',  SERVICE, [],                                ['Backup.amazonaws.com.cn']],
  ['direct',  SERVICE, [],                                ['*']],
  ['direct',  SERVICE, ['*'],                             []],
  [undefined, SERVICE, [OWNER],                           ['sns.amazonaws.com']],
  [undefined, SERVICE, ['backup.amazonaws.com'],          ['backup.amazonaws.com.cn.example']],
])('%p of %j by %j and services %j', (reach, who, AWS, Service) => {
  expect(reachOf({ AWS, Service }, who)).toBe(reach);
});

// prettier-ignore
test.each<[spared: boolean, who: Principal, hasBoundary: boolean, AWS: string[], Service: string[]]>([
  [true,  ROLE,    false, ['*'],                          []],
  [false, ROLE,    true,  ['*'],                          []],
  [true,  ROLE,    false, [SESSION, ROLE.arn, OWNER],     []],
  [false, ROLE,    false, [SESSION, ROLE.arn],            []],
  [false, ROLE,    false, [SESSION, OWNER],               []],
  [false, ROLE,    false, [ROLE.arn, OWNER],              []],
  [true,  USER,    false, [USER.arn, OWNER],              []],
  [false, USER,    false, [USER.arn],                     []],
  [false, USER,    false, [OWNER],                        []],
  [true,  ROOT,    false, [OWNER],                        []],
  [true,  ROOT,    false, [ROOT.arn],                     []],
  [false, ROOT,    false, [OTHER],                        []],
  [true,  SERVICE, false, [],                             ['sns.amazonaws.com', 'backup.amazonaws.com']],
  [true,  SERVICE, true,  [],                             ['backup.amazonaws.com']],
  [false, SERVICE, false, [OWNER],                        ['sns.amazonaws.com']],
  [false, SERVICE, false, [],                             []],
])('NotPrincipal spares (%p) %j, with a boundary: %p, by %j and services %j', (spared, who, hasBoundary, AWS, Service) => {
  expect(isSpared({ AWS, Service }, who, hasBoundary)).toBe(spared);
});
