// The ledger application as an AWS CDK app: `npx cdk synth`, or `npm run example` at the root of the workspace.
import { App } from 'aws-cdk-lib/core';
import { buildEstate } from './estate';

const app = new App({ builtinCloudFormationValidation: false });
buildEstate(app);
app.synth();
