// One declaration for a workload, a backup and a forensic account: `npm run example:three-accounts`.
import { App } from 'aws-cdk-lib/core';
import { buildEstate } from './estate';

const app = new App({ builtinCloudFormationValidation: false });
buildEstate(app);
app.synth();
