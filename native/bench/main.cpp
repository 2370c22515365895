#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

#include "documents.hpp"
#include "thresher/score/scorer.hpp"

// Times what scoring costs on one thread, for each protocol: a whole set of documents, and one more subset of the
// detections of a document that was compared already, which is what a sweep of box_thresh asks for.

namespace {

using Clock = std::chrono::steady_clock;
using thresher::Protocol;
using thresher::ProtocolOptions;

constexpr int kDocuments = 100;
constexpr int kBoxes = 100;
constexpr int kSubsets = 50;
constexpr int kWarmUp = 2;

struct Row {
  const char* name;
  ProtocolOptions options;
};

std::vector<Row> rows() {
  const auto plain = [](const char* name, Protocol protocol) { return Row{name, {.protocol = protocol}}; };
  std::vector<Row> all{plain("icdar2015", Protocol::icdar2015),
                       plain("iou", Protocol::iou),
                       plain("hmean-iou", Protocol::hmean_iou),
                       plain("hmean-iou, max matching", Protocol::hmean_iou),
                       plain("cleval", Protocol::cleval),
                       plain("cleval, end to end", Protocol::cleval),
                       plain("cleval-receipt", Protocol::cleval_receipt),
                       plain("deteval", Protocol::deteval),
                       plain("icdar2013", Protocol::icdar2013),
                       plain("mtwi2018", Protocol::mtwi2018),
                       plain("tedeval", Protocol::tedeval),
                       plain("tiou", Protocol::tiou),
                       plain("siou", Protocol::siou),
                       plain("total-text", Protocol::total_text),
                       plain("ctw1500", Protocol::ctw1500)};
  all[3].options.hmean_iou.max_matching = true;
  all[5].options.cleval.end_to_end = true;
  return all;
}

/// Of several runs.
struct Spread {
  double median = 0;
  double least = 0;
  double most = 0;
};

Spread spread_of(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  const double median = values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
  return {median, values.front(), values.back()};
}

/// Seconds that each of `runs` calls took, after some that do not count.
template <class Body>
Spread measure(int runs, Body body) {
  std::vector<double> seconds;
  for (int run = -kWarmUp; run < runs; ++run) {
    const auto start = Clock::now();
    body();
    const std::chrono::duration<double> taken = Clock::now() - start;
    if (run >= 0) seconds.push_back(taken.count());
  }
  return spread_of(std::move(seconds));
}

struct Result {
  Spread set;     ///< seconds to score all documents
  Spread subset;  ///< seconds of one subset of one document
};

/// Where results go, so that no compiler leaves out what they take.
volatile double sink = 0;

void score(const thresher::Comparison& comparison, std::span<const std::uint8_t> keep,
           std::span<thresher::Tally> levels) {
  comparison.tally(keep, levels);
  const auto read = comparison.end_to_end(keep);
  sink = sink + levels[0].recall_hits + (read ? read->recall_hits : 0);
}

Result time_protocol(const ProtocolOptions& options, const std::vector<bench::Document>& documents, int runs) {
  Result result;
  std::vector<thresher::Tally> levels;
  result.set = measure(runs, [&] {
    for (const bench::Document& document : documents) {
      const auto scorer = thresher::make_scorer(options, document.gt);
      levels.resize(scorer->levels());
      score(*scorer->compare(document.detections), {}, levels);
    }
  });

  std::vector<std::unique_ptr<thresher::Comparison>> comparisons;
  std::vector<std::vector<std::uint8_t>> keeps;
  for (const bench::Document& document : documents) {
    comparisons.push_back(thresher::make_scorer(options, document.gt)->compare(document.detections));
    for (int k = 0; k < kSubsets; ++k) {
      auto& keep = keeps.emplace_back();
      for (const double s : document.detections.scores) keep.push_back(s >= 0.3 + 0.7 * k / kSubsets);
    }
  }
  result.subset = measure(runs, [&] {
    for (std::size_t i = 0; i < keeps.size(); ++i) score(*comparisons[i / kSubsets], keeps[i], levels);
  });
  for (double* value : {&result.subset.median, &result.subset.least, &result.subset.most}) {
    *value /= static_cast<double>(keeps.size());
  }
  return result;
}

void print(const Row& row, const Result& result) {
  std::printf("%-24s %9.2f ms  (%.2f to %.2f)  %9.3f us  (%.3f to %.3f)\n", row.name, result.set.median * 1e3,
              result.set.least * 1e3, result.set.most * 1e3, result.subset.median * 1e6, result.subset.least * 1e6,
              result.subset.most * 1e6);
  std::fflush(stdout);
}

void print_json(const Row& row, const Result& result, bool first) {
  const auto spread = [](const char* name, const Spread& s) {
    std::printf(R"(, "%s": {"median": %.9g, "min": %.9g, "max": %.9g})", name, s.median, s.least, s.most);
  };
  std::printf(R"(%s    {"protocol": "%s")", first ? "\n" : ",\n", row.name);
  spread("setSeconds", result.set);
  spread("subsetSeconds", result.subset);
  std::printf("}");
}

int usage() {
  std::fprintf(stderr, "usage: thresher_bench [--json] [--runs N] [--only PREFIX]\n");
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  bool json = false;
  int runs = 7;
  std::string_view only;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--json") {
      json = true;
    } else if (argument == "--runs" && i + 1 < argc) {
      const char* text = argv[++i];
      const char* end = text + std::strlen(text);
      if (const auto parsed = std::from_chars(text, end, runs); parsed.ptr != end || runs < 1) return usage();
    } else if (argument == "--only" && i + 1 < argc) {
      only = argv[++i];
    } else {
      return usage();
    }
  }

  const auto documents = bench::documents(kDocuments, kBoxes);
  if (json) {
    std::printf("{\n  \"documents\": %d,\n  \"boxes\": %d,\n  \"runs\": %d,\n  \"scoring\": [", kDocuments, kBoxes,
                runs);
  } else {
    std::printf("%d documents of %d boxes, one thread, median of %d runs (least to most)\n", kDocuments, kBoxes, runs);
    std::printf("%-24s %12s %35s\n", "protocol", "the set", "one more subset of a document");
  }
  bool first = true;
  for (const Row& row : rows()) {
    if (!std::string_view(row.name).starts_with(only)) continue;
    const Result result = time_protocol(row.options, documents, runs);
    if (json) {
      print_json(row, result, first);
    } else {
      print(row, result);
    }
    first = false;
  }
  if (json) std::printf("\n  ]\n}\n");
  return first ? usage() : 0;
}
