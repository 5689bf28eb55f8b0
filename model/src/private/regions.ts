/** Regions without logically air-gapped vaults, beside those of China and GovCloud (Source B7.5/2). */
const WITHOUT_AIR_GAPPED_VAULTS = [
  'ap-southeast-5', // Malaysia
  'ca-west-1', // Calgary
  'mx-central-1', // Mexico Central
  'ap-southeast-7', // Thailand
  'ap-east-2', // Taipei
  'ap-southeast-6', // New Zealand
];

/** Whether a Region has logically air-gapped vaults. */
export function hasAirGappedVaults(region: string): boolean {
  return !WITHOUT_AIR_GAPPED_VAULTS.includes(region) && !/^(cn|us-gov|us-iso)/.test(region);
}
