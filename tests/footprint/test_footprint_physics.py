"""The v2 model against points measured on one H100.

Own measurements (bf16, random weights, CUDA graph, context 1,024), free to use and to ship.
"""

from __future__ import annotations

import pytest
from footprint_cases import factors, rung

from sobre.footprint import FootprintInputError, predict, profile
from sobre.footprint.energy import gpu_work, gpus, joules_per_output_token, size

DECODE = [  # billions of parameters, batch, J per output token
    (0.134479872, 8, 0.0337810435931307),
    (0.134479872, 64, 0.009391100702576108),
    (1.543569408, 1, 0.7363110014104424),
    (3.21257472, 32, 0.07460677884615402),
    (7.504658432, 1, 3.021588486140725),
    (7.504658432, 64, 0.09420169558359642),
    (31.98418944, 8, 1.6439348739495931),
    (31.98418944, 64, 0.31761623086734575),
]
PREFILL = [  # billions of parameters, J per input token (8 prompts of 512 tokens)
    (1.543569408, 0.004002408466641866),
    (7.504658432, 0.017415022786458324),
    (31.98418944, 0.0717283935546873),
]


def decode(active: float, total: float, batch: float) -> float:
    return joules_per_output_token(
        active, total, batch=batch, bytes_per_weight=2.0, factors=factors()
    )


@pytest.mark.parametrize(("params", "batch", "joules"), DECODE)
def test_decode_is_within_twice_the_measured_energy(
    params: float, batch: float, joules: float
) -> None:
    assert 0.5 <= decode(params, params, batch) / joules <= 2


@pytest.mark.parametrize(("params", "joules"), PREFILL)
def test_prefill_is_within_1_3_times_the_measured_energy(params: float, joules: float) -> None:
    work = gpu_work(
        size(rung(params).model, factors(), cpu=False),
        bytes_per_weight=2.0,
        batch=None,
        own=False,
        factors=factors(),
    )
    assert 1 / 1.3 <= work.per_input.mid / joules <= 1.3
    assert work.per_input.low <= joules <= work.per_input.high


def test_a_32_b_model_costs_15_to_60_times_a_0_13_b_one_at_batch_64() -> None:
    assert 15 <= decode(32, 32, 64) / decode(0.134, 0.134, 64) <= 60


def test_a_second_gpu_is_a_small_step() -> None:
    assert gpus(33.3, 2.0, factors()) == 1
    assert gpus(33.4, 2.0, factors()) == 2
    assert 1 < decode(33.4, 33.4, 64) / decode(33.3, 33.3, 64) <= 1.25


def test_a_model_alone_on_its_gpu_costs_over_twenty_times_a_full_batch() -> None:
    assert 20 < decode(8, 8, 1) / decode(8, 8, 64) < 40


def test_a_mixture_of_experts_costs_less_than_its_whole_and_more_than_its_active_part() -> None:
    assert decode(3, 3, 64) < decode(3, 30, 64) < decode(30, 30, 64)


@pytest.mark.parametrize(("params", "batch", "joules"), [d for d in DECODE if d[1] >= 32])
def test_the_interval_of_an_unknown_batch_holds_the_measured_point(
    params: float, batch: float, joules: float
) -> None:
    of = size(rung(params).model, factors(), cpu=False)
    got = gpu_work(of, bytes_per_weight=2.0, batch=None, own=False, factors=factors()).per_output
    assert got.low <= joules <= got.high
    assert got.high / got.low <= 8


def test_a_known_batch_narrows_the_interval() -> None:
    def width(batch: float | None) -> float:
        energy = predict(profile(rung(), factors(), batch=batch), 0, 100).energy
        assert energy is not None
        return energy.high / energy.low

    assert width(64) < width(None)


@pytest.mark.parametrize("batch", [0, -1, float("nan"), float("inf")])
def test_a_batch_that_cannot_be_is_refused_by_name(batch: float) -> None:
    with pytest.raises(FootprintInputError, match=r"^batch: "):
        profile(rung(), factors(), batch=batch)


def test_more_active_than_total_parameters_is_refused_by_name() -> None:
    with pytest.raises(FootprintInputError, match=r"^active_params: "):
        profile(rung(30, 3), factors())
