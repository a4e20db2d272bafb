"""Files whose form leaves nothing to guess: FHIR MeasureReports, WHO's HEAT Plus template."""
