// Here: AWS Backup for the Terraform CDK: constructs that refuse what AWS refuses, then render typed provider resources.
// Not here: the rules themselves (model), the AWS CDK's constructs (lib), running an estate (engine).
// May be imported by apps, examples and tests, always as '@holdfast/cdktf'.
export * from './air-gapped-route';
export * from './alert-topic';
export * from './audit-config-rules';
export * from './audit-framework';
export * from './backup-api-calls';
export * from './backup-budget';
export * from './backup-config-recorder';
export * from './backup-conformance-pack';
export * from './backup-events';
export * from './backup-key';
export * from './backup-key-replica';
export * from './backup-role';
export * from './config-recorder';
export * from './copy-action';
export * from './effective-policy-preview';
export * from './guardrails';
export * from './logically-air-gapped-vault';
export * from './logically-air-gapped-vault-props';
export * from './organization-backup-policy';
export * from './organization-plan';
export * from './organization-vault';
export * from './plan';
export * from './plan-rule';
export * from './report-bucket';
export * from './report-plan';
export * from './restore-role';
export * from './selection';
export * from './selection-resource';
export * from './source-key-grants';
export * from './vault';
export * from './vault-attributes';
export * from './vault-copy-target';
export * from './vault-encryption';
export * from './vault-props';
