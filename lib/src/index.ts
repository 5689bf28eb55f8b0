// Here: AWS Backup constructs for the AWS CDK: vault, plan, selection.
// Not here: what AWS allows (model), the Terraform twins of the same basenames (provider), running (engine).
// May be imported by users as '@holdfast/cdk'; by nothing else in this workspace but tests, examples and bench.
export * from './copy-action';
export * from './copy-destination';
export * from './coverage';
export * from './holdfast-checks';
export * from './plan';
export * from './plan-rule';
export * from './selection';
export * from './selection-resource';
export * from './vault';
