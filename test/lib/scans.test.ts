import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { App } from 'aws-cdk-lib/core';
import { GlueFunction } from '../../lib/src/private/glue-function';
import { cfnLint, naggedStack, nagFindings } from './support/scans';

const SLOW = 60_000;

test(
  'the packs of cdk-nag see a bucket that breaks their rules, so that silence means something',
  () => {
    const stack = naggedStack();
    new s3.CfnBucket(stack, 'Bucket');
    expect(nagFindings(stack.node.root as App)).toEqual(
      expect.arrayContaining([
        'AwsSolutions-S1 at S/Bucket',
        'HIPAA.Security-S3BucketLoggingEnabled at S/Bucket',
        'NIST.800.53.R5-S3BucketLoggingEnabled at S/Bucket',
        'PCI.DSS.321-S3BucketLoggingEnabled at S/Bucket',
      ]),
    );
  },
  SLOW,
);

test(
  'a function that a construct brings along is clean under cdk-nag and cfn-lint',
  () => {
    const stack = naggedStack();
    const statement = new iam.PolicyStatement({ actions: ['backup:ListBackupVaults'], resources: [stack.stackId] });
    new GlueFunction(stack, 'Glue', {
      description: 'does nothing',
      code: 'exports.handler=()=>{}',
      statements: [statement],
    });
    const app = stack.node.root as App;
    expect(nagFindings(app)).toEqual([]);
    expect(cfnLint(app, 'a glue function')).toBe('');
  },
  SLOW,
);
