import type { Page } from '@playwright/test';

/**
 * What a page complains of from now on: messages of its console, and requests
 * that failed or went to another origin.
 */
export function collectComplaints(
  page: Page,
  baseURL: string | undefined,
): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()))
      complaints.push(`console ${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`uncaught ${error}`));
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText;
    complaints.push(`failed: ${request.url()}: ${reason}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400)
      complaints.push(`answered ${response.status()}: ${response.url()}`);
  });
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    const foreign = !baseURL?.startsWith(`${origin}/`);
    if (foreign && !['data:', 'blob:'].includes(protocol))
      complaints.push(`another origin: ${request.url()}`);
  });
  return complaints;
}
