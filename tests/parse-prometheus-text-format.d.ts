declare module "parse-prometheus-text-format" {
  interface Series {
    labels?: Record<string, string>;
    /** Of counters and gauges, as it stands in the text. */
    value?: string;
  }

  interface Family {
    name: string;
    help: string;
    type: "COUNTER" | "GAUGE" | "HISTOGRAM" | "SUMMARY" | "UNTYPED";
    metrics: Series[];
  }

  export default function parsePrometheusTextFormat(text: string): Family[];
}
