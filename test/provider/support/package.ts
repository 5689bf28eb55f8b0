import * as prebuilt from '@cdktf/provider-aws/package.json';

declare const HOLDFAST_PROVIDER: 'provider' | 'provider-cdktn';

/** Folder of the package under test: this suite runs once over `provider/` and once over what is generated from it. */
export const PROVIDER = HOLDFAST_PROVIDER;

/** The version of the AWS provider that the prebuilt provider was generated for. */
export const AWS_PROVIDER_VERSION: string = prebuilt.cdktf.provider.version;
