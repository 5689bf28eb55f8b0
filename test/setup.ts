// The CDK's own template validator costs seconds per process; one dedicated test turns it on.
process.env.CDK_VALIDATION ??= 'false';
process.env.JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION = '20';
