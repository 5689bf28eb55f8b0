// Here: what can be declared for AWS Backup, and the rules that say what AWS refuses.
// Not here: rendering (lib, provider), running (engine). No dependency at all.
// May be imported by lib, provider and engine, always as '@holdfast/model'.
export * from './copy-action';
export * from './coverage';
export * from './environment';
export * from './estate';
export * from './estate-rules';
export * from './finding';
export * from './finding-text';
export * from './legal-hold';
export * from './lifecycle';
export * from './logically-air-gapped-vault';
export * from './managed-policies';
export * from './plan';
export * from './plan-presets';
export * from './plan-runs';
export * from './plan-set';
export * from './resource';
export * from './rule';
export * from './rule-catalog';
export * from './rule-defaults';
export * from './scan-action';
export * from './scan-setting';
export * from './schedule';
export * from './selection';
export * from './selection-parts';
export * from './selection-verdict';
export * from './selector';
export * from './support/cloudformation-types';
export * from './support/service-features';
export * from './support/service-support';
export * from './tiering-configuration';
export * from './values';
export * from './vault';
export * from './vault-lock';
export * from './vault-policies';
export * from './waiver';
