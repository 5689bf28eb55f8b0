// A product team's app on its company's package: `npm run example:company-package`.
import { App } from 'aws-cdk-lib/core';
import { buildEstate } from './estate';

const app = new App({ builtinCloudFormationValidation: false });
buildEstate(app);
app.synth();
