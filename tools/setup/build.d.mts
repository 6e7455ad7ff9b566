/** Builds the application into out/ when a source changed, or always. Throws SetupError with the compiler's words. */
export function ensureBuild(options?: { readonly always?: boolean }): Promise<void>;
