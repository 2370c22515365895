#include "../../src/sweep/sequence_memo.hpp"

#include <map>
#include <random>
#include <vector>

#include "check.hpp"

using namespace thresher;

TEST("sweep/sequence_memo: remembers a number for each sequence") {
  std::mt19937 random(6);
  SequenceMemo<std::uint64_t> memo;
  for (int round = 0; round < 3; ++round) {
    std::map<std::vector<std::uint64_t>, std::uint32_t> expected;
    for (std::uint32_t i = 0; i < 20000; ++i) {
      // Few values, so that sequences come again, and some are another's beginning.
      std::vector<std::uint64_t> sequence(random() % 7);
      for (auto& value : sequence) value = random() % 4;
      std::uint32_t& number = memo[sequence];
      const auto [known, is_new] = expected.try_emplace(sequence, i);
      CHECK_EQ(number == memo.kNew, is_new);
      if (is_new) number = i;
      CHECK_EQ(memo[sequence], known->second);
    }
    CHECK_EQ(memo.size(), expected.size());
    memo.clear();
    CHECK_EQ(memo.size(), 0U);
  }
}
