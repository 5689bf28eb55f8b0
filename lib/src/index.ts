// Here: AWS Backup constructs for the AWS CDK: vault, plan, selection, guardrails.
// Not here: what AWS allows (model), the Terraform twins of the same basenames (provider), running (engine).
// May be imported by users as '@holdfast/cdk'; by nothing else in this workspace but tests, examples and bench.
export * from './backup-key';
export * from './backup-key-replica';
export * from './blueprint';
export * from './copy-action';
export * from './copy-back';
export * from './copy-destination';
export * from './coverage';
export * from './delegated-administrator';
export * from './effective-policy-preview';
export * from './global-settings';
export * from './guardrails';
export * from './holdfast-checks';
export * from './member-account';
export * from './member-account-stack-set';
export * from './organization-backup-policy';
export * from './organization-plan';
export * from './organization-vault';
export * from './plan';
export * from './plan-rule';
export * from './region-settings';
export * from './restore-runbook';
export * from './restore-testing-plan';
export * from './restore-testing-resources';
export * from './restore-testing-selection';
export * from './restore-testing-vault';
export * from './restore-validation';
export * from './selection';
export * from './selection-resource';
export * from './source-key-grants';
export * from './vault';
