/*
 * Copyright 2026 The Peregrine Authors
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.peregrine.perf.bench;

import de.erichseifert.vectorgraphics2d.Processors;
import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes what was measured: every round as an interval of an {@code .hlog} file, the tag its client's name, with
 * {@code -spoiled} behind it if it was, and {@code -apart} for orders while the cores were not near and quiet; what is
 * among the figures, all rounds together, as {@code .hgrm}; plots of the percentiles and of the garbage; and all
 * figures as JSON.
 */
final class BenchFiles
{
    private static final double NS_PER_US = 1_000;
    private static final int TICKS_PER_HALF = 5;
    private static final double[] NINES =
        { 50, 60, 70, 80, 90, 92, 94, 96, 98, 99, 99.2, 99.4, 99.6, 99.8, 99.9, 99.92, 99.95, 99.98, 99.99 };
    private static final double PERCENT = 100;
    private static final float HAIRLINE = 0.5f;
    private static final int WIDTH = 900;
    private static final int HEIGHT = 560;
    private static final int LABEL_ROTATION = 30;

    private final Path directory;

    BenchFiles(final Path directory) throws IOException
    {
        this.directory = Files.createDirectories(directory);
    }

    void writeEnvironment(final String text) throws IOException
    {
        Files.writeString(directory.resolve("environment.txt"), text);
    }

    void writeFigures(
        final String environment,
        final List<ScenarioResult> results,
        final Map<String, Double> figures,
        final List<Goal> goals) throws IOException
    {
        BenchJson.write(directory.resolve("results.json"), environment, results, figures, goals);
    }

    void write(final ScenarioResult result) throws IOException
    {
        writeLog(result);
        for (final BenchSeries one : result.series())
        {
            try (PrintStream out = new PrintStream(file(result, "-" + one.key(), "hgrm")))
            {
                one.total().outputPercentileDistribution(out, TICKS_PER_HALF, NS_PER_US);
            }
        }
        plotPercentiles(result);
        plotGarbage(result);
    }

    private void writeLog(final ScenarioResult result) throws FileNotFoundException
    {
        final HistogramLogWriter log = new HistogramLogWriter(file(result, "", "hlog"));
        log.outputLogFormatVersion();
        log.outputLegend();
        for (final BenchSeries one : result.series())
        {
            for (int i = 0; i < one.rounds().size(); i++)
            {
                final Round round = one.rounds().get(i);
                final String tag = one.name().replaceAll("[ ,]", "-") +
                    (round.disturbance().isSpoiled() ? "-spoiled" : "");
                write(log, i, round.latencyNs(), tag);
                write(log, i, round.apartNs(), tag + "-apart");
            }
        }
        log.close();
    }

    private static void write(
        final HistogramLogWriter log, final int round, final Histogram histogram, final String tag)
    {
        if (histogram.getTotalCount() > 0)
        {
            // One that is written keeps the memory for that, a quarter of a megabyte, as long as it lives.
            final Histogram copy = histogram.copy();
            copy.setTag(tag);
            log.outputIntervalHistogram(round, round + 1, copy);
        }
    }

    private void plotPercentiles(final ScenarioResult result) throws IOException
    {
        final XYChart chart = new XYChartBuilder().width(WIDTH).height(HEIGHT).title(result.scenario().title())
            .xAxisTitle("percentile").yAxisTitle("us").build();
        chart.getStyler().setXAxisLogarithmic(true);
        chart.getStyler().setXAxisTickLabelsFormattingFunction(BenchFiles::percentile);
        chart.getStyler().setYAxisLogarithmic(true);
        for (final BenchSeries one : result.series())
        {
            final Histogram total = one.total();
            final List<Double> x = new ArrayList<>();
            final List<Double> y = new ArrayList<>();
            for (final double percentile : NINES)
            {
                x.add(PERCENT / (PERCENT - percentile));
                y.add(total.getValueAtPercentile(percentile) / NS_PER_US);
            }
            chart.addSeries(one.name(), x, y).setMarker(SeriesMarkers.NONE);
        }

        write(chart, file(result, "", "svg"));
    }

    private void plotGarbage(final ScenarioResult result) throws IOException
    {
        final List<BenchSeries> clients = result.series().stream().filter((one) -> null != one.kind()).toList();
        if (clients.isEmpty())
        {
            return;
        }

        final CategoryChart chart = new CategoryChartBuilder().width(WIDTH).height(HEIGHT)
            .title(result.scenario().title()).yAxisTitle("bytes of garbage a request").build();
        chart.getStyler().setLabelsVisible(true).setLegendVisible(false);
        chart.getStyler().setXAxisLabelRotation(LABEL_ROTATION);
        chart.addSeries("garbage", clients.stream().map(BenchSeries::name).toList(),
            clients.stream().map((one) -> (double)Math.round(one.medianGarbage())).toList());
        write(chart, file(result, "-garbage", "svg"));
    }

    /** Of the place on the axis, which has as much room for the last tenth of what is left as for the one before. */
    private static String percentile(final double place)
    {
        return BigDecimal.valueOf(PERCENT - PERCENT / place).setScale(2, RoundingMode.HALF_UP).stripTrailingZeros()
            .toPlainString();
    }

    private static void write(final Chart<?, ?> chart, final File file) throws IOException
    {
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        if (chart.getStyler() instanceof final AxesChartStyler styler)
        {
            // Without dashes, each of which would be a shape in the file.
            styler.setPlotGridLinesStroke(new BasicStroke(HAIRLINE));
        }
        final VectorGraphics2D graphics = new VectorGraphics2D();
        chart.paint(graphics, WIDTH, HEIGHT);
        try (OutputStream out = new FileOutputStream(file))
        {
            Processors.get("svg").getDocument(graphics.getCommands(), new PageSize(WIDTH, HEIGHT)).writeTo(out);
        }
    }

    private File file(final ScenarioResult result, final String suffix, final String extension)
    {
        return directory.resolve(
            String.format(Locale.ROOT, "%s%s.%s", result.scenario().name(), suffix, extension)).toFile();
    }
}
