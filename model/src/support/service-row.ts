import { ServiceFeatures } from './service-features';

/** What the generated table holds; our own assumptions (`estimates.ts`) join it in `ServiceSupport`. */
export type ServiceRow = Omit<ServiceFeatures, 'defaultSizeGiB' | 'defaultDailyChangePercent'>;
