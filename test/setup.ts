// The CDK's own template validator costs seconds per process; one dedicated test turns it on.
process.env.CDK_VALIDATION ??= 'false';
process.env.JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION = '20';

// Terraform CDK keeps the whole stack of the making of each token, which takes longer than all that is tested.
for (const framework of ['cdktf', 'cdktn']) {
  const traces = require(`${framework}/lib/tokens/private/stack-trace`) as { captureStackTrace: () => string[] };
  traces.captureStackTrace = () => [];
}
