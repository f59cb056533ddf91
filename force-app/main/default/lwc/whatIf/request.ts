/** What is to be tried, in the words of a computation; the title names the draft that it may become. */
export interface WhatIfRequest {
  title: string;
  task: { kind: string; [field: string]: unknown };
  rules?: Record<string, unknown>;
}
